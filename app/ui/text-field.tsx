import type { ComponentPropsWithoutRef, ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { controlProps, Labelled, type FieldProps } from "./field.tsx";

type Size = "full" | "half" | "short";
type Own = FieldProps & { size?: Size };
type Rest<Tag extends "input" | "textarea" | "select"> = Omit<ComponentPropsWithoutRef<Tag>, keyof Own | "className">;

function split<Props extends Own>(props: Props) {
  const { name, label, hint, error, optional, id, size, ...rest } = props;
  const className = classNames("in", size !== "full" && size);
  return { field: { name, label, hint, error, optional, id }, className, rest };
}

/** Left alone, text follows the script it is typed in; phone numbers, addresses of mail and codes stay left to right. */
const directionOf = (type: string | undefined) => (type && ["tel", "email", "url"].includes(type) ? "ltr" : "auto");

/** `choices`: words the browser offers to pick from; anything else may be typed as well. */
export function TextField({ choices = [], ...props }: Own & Rest<"input"> & { choices?: readonly string[] }) {
  const { field, className, rest } = split(props);
  const list = choices.length > 0 ? `${field.id ?? field.name}-choices` : undefined;
  return (
    <Labelled field={field}>
      <input
        type="text"
        dir={directionOf(rest.type)}
        list={list}
        {...rest}
        {...controlProps(field)}
        className={className}
      />
      {list && (
        <datalist id={list}>
          {choices.map((choice) => (
            <option key={choice} value={choice} />
          ))}
        </datalist>
      )}
    </Labelled>
  );
}

export function TextArea(props: Own & Rest<"textarea">) {
  const { field, className, rest } = split(props);
  return (
    <Labelled field={field}>
      <textarea rows={4} dir="auto" {...rest} {...controlProps(field)} className={className} />
    </Labelled>
  );
}

/** A whole number, with its unit in words beside it. */
export function NumberField({ unit, ...props }: Own & Rest<"input"> & { unit?: ReactNode }) {
  const { field, className, rest } = split({ size: "short" as const, ...props });
  return (
    <Labelled field={field}>
      <span className="with-unit">
        <input
          type="number"
          inputMode="numeric"
          min={1}
          step={1}
          {...rest}
          {...controlProps(field)}
          className={className}
        />
        {unit && <span>{unit}</span>}
      </span>
    </Labelled>
  );
}

export type Option = { value: string; label: string; hint?: string; disabled?: boolean };

/** `blank` is the words of a first, empty option. */
export function SelectField({
  options,
  blank,
  ...props
}: Own & Rest<"select"> & { options: Option[]; blank?: string }) {
  const { field, className, rest } = split(props);
  return (
    <Labelled field={field}>
      <select {...rest} {...controlProps(field)} className={className}>
        {blank !== undefined && <option value="">{blank}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
    </Labelled>
  );
}
