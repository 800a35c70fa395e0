import { Icon } from "./icon.tsx";

export type FieldProblem = { field: string; message: string };

/**
 * What is wrong, first in the page: each line says the same words as its field and leads to it. `field` is the field's id.
 * Renders nothing when nothing is wrong. Focus is moved by the page that has script; without, `role=alert` and its place do.
 */
export function ErrorSummary({ title, errors, id = "errors" }: { title: string; errors: FieldProblem[]; id?: string }) {
  if (errors.length === 0) return null;
  return (
    <div className="errors" id={id} role="alert" tabIndex={-1} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>
        <Icon name="bang" />
        {title}
      </h2>
      <ul className="plain">
        {errors.map(({ field, message }) => (
          <li key={field + message}>
            <a href={`#${field}`}>{message}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}
