import { Fragment, type ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { describedBy, FieldError, fieldId, Fieldset, Hint, type FieldProps } from "./field.tsx";
import { Icon, type IconName } from "./icon.tsx";

/** `reveals` is asked only of those who pick this; where a browser cannot hide it, it is simply there. */
export type Choice = {
  value: string;
  label: ReactNode;
  hint?: ReactNode;
  icon?: IconName;
  disabled?: boolean;
  reveals?: ReactNode;
};
type GroupProps = Omit<FieldProps, "label"> & {
  legend: ReactNode;
  heading?: boolean;
  options: Choice[];
  columns?: 1 | 2;
};

type BoxProps = {
  type: "radio" | "checkbox";
  name: string;
  id: string;
  choice: Choice;
  checked: boolean;
  required?: boolean;
};

function ChoiceBox({ type, name, id, choice, checked, required }: BoxProps) {
  return (
    <label className="choice">
      <input
        type={type}
        name={name}
        id={id}
        value={choice.value}
        defaultChecked={checked}
        disabled={choice.disabled}
        required={required}
      />
      <span>
        {choice.label}
        {choice.hint && <span className="hint">{choice.hint}</span>}
      </span>
      {choice.icon && <Icon name={choice.icon} />}
    </label>
  );
}

function ChoiceGroup(props: GroupProps & { type: "radio" | "checkbox"; chosen: string[]; required?: boolean }) {
  const id = fieldId(props);
  return (
    <Fieldset {...props} name={id}>
      <div className={classNames("choices", props.columns === 2 && "two")}>
        {props.options.map((choice, index) => (
          <Fragment key={choice.value}>
            <ChoiceBox
              type={props.type}
              name={props.name}
              id={index === 0 ? id : `${id}-${choice.value}`}
              choice={choice}
              checked={props.chosen.includes(choice.value)}
              required={props.required}
            />
            {choice.reveals && <div className="revealed">{choice.reveals}</div>}
          </Fragment>
        ))}
      </div>
    </Fieldset>
  );
}

/** Pick one. The first radio carries the group's id, so an error link lands on it. */
export function RadioGroup({
  defaultValue,
  ...props
}: GroupProps & { defaultValue?: string | null; required?: boolean }) {
  return <ChoiceGroup {...props} type="radio" chosen={defaultValue ? [defaultValue] : []} />;
}

/** Pick any. */
export function CheckboxGroup({ defaultValue = [], ...props }: GroupProps & { defaultValue?: string[] }) {
  return <ChoiceGroup {...props} type="checkbox" chosen={defaultValue} />;
}

/** One yes-or-no. */
export function CheckboxField(props: FieldProps & { value?: string; defaultChecked?: boolean; required?: boolean }) {
  const id = fieldId(props);
  return (
    <div className={classNames("field", props.error && "bad")}>
      <FieldError id={id}>{props.error}</FieldError>
      <label className="choice">
        <input
          type="checkbox"
          id={id}
          name={props.name}
          value={props.value ?? "yes"}
          defaultChecked={props.defaultChecked}
          required={props.required}
          aria-describedby={describedBy(props)}
          aria-invalid={props.error ? true : undefined}
        />
        <span>{props.label}</span>
      </label>
      <Hint id={id}>{props.hint}</Hint>
    </div>
  );
}
