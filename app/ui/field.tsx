import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";

/** What every field takes. `optional` is the word shown after the label; `error` the sentence the summary also says. */
export type FieldProps = {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: string;
  optional?: string;
  id?: string;
};

/** The id that error links point at. Give `id` where one page has two fields of the same name. */
export const fieldId = ({ id, name }: { id?: string; name: string }) => id ?? name;

export function describedBy(field: Pick<FieldProps, "id" | "name" | "hint" | "error">): string | undefined {
  const id = fieldId(field);
  return classNames(field.hint ? `${id}-hint` : null, field.error ? `${id}-error` : null) || undefined;
}

export const controlProps = (field: Pick<FieldProps, "id" | "name" | "hint" | "error">) => ({
  id: fieldId(field),
  name: field.name,
  "aria-describedby": describedBy(field),
  "aria-invalid": field.error ? (true as const) : undefined,
});

export function Hint({ id, children }: { id: string; children?: ReactNode }) {
  if (!children) return null;
  return (
    <span className="hint" id={`${id}-hint`}>
      {children}
    </span>
  );
}

export function FieldError({ id, children }: { id: string; children?: ReactNode }) {
  if (!children) return null;
  return (
    <span className="wrong" id={`${id}-error`}>
      <Icon name="bang" />
      <span>{children}</span>
    </span>
  );
}

export function Optional({ word }: { word?: string }) {
  return word ? <small> ({word})</small> : null;
}

export function Labelled({ field, children }: { field: FieldProps; children: ReactNode }) {
  const id = fieldId(field);
  return (
    <div className={classNames("field", field.error && "bad")}>
      <label className="field-name" htmlFor={id}>
        {field.label}
        <Optional word={field.optional} />
      </label>
      <Hint id={id}>{field.hint}</Hint>
      <FieldError id={id}>{field.error}</FieldError>
      {children}
    </div>
  );
}

/** A group of fields under one legend. With `heading` the legend is the page's `h1`. */
export function Fieldset(props: {
  legend: ReactNode;
  name?: string;
  heading?: boolean;
  hint?: ReactNode;
  error?: string;
  optional?: string;
  children: ReactNode;
}) {
  const field = { name: props.name ?? "set", hint: props.hint, error: props.error };
  return (
    <fieldset className={classNames("field", props.error && "bad")} aria-describedby={describedBy(field)}>
      <legend className="field-name">
        {props.heading ? <h1>{props.legend}</h1> : props.legend}
        <Optional word={props.optional} />
      </legend>
      <Hint id={field.name}>{props.hint}</Hint>
      <FieldError id={field.name}>{props.error}</FieldError>
      {props.children}
    </fieldset>
  );
}
