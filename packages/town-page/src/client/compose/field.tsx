/** A question of a dialog: its label, what explains it, what is wrong with the answer. */
import type { ComponentChildren } from 'preact';

type Props = {
  id: string;
  label: string;
  description?: string | undefined;
  required: boolean;
  problem: string | undefined;
  /** Several inputs that belong together: radio buttons, checkboxes. */
  group?: boolean;
  /** The input says its label itself. */
  named?: boolean;
  children: ComponentChildren;
};

/** What an input says that it is described by. */
export const describedBy = (id: string, description: string | undefined, problem: string | undefined) =>
  [description && `${id}-about`, problem && `${id}-problem`].filter(Boolean).join(' ') || undefined;

export function Field({ id, label, description, required, problem, group = false, named = false, children }: Props) {
  const name = (
    <>
      {label}
      {required && (
        <span class="required" aria-hidden="true">
          {' '}
          *
        </span>
      )}
      {required && (group || named) && <span class="sr-only"> (required)</span>}
    </>
  );
  const below = (
    <>
      {description && (
        <p class="field-about" id={`${id}-about`}>
          {description}
        </p>
      )}
      {children}
      {problem && (
        <p class="field-problem" id={`${id}-problem`}>
          {problem}
        </p>
      )}
    </>
  );
  if (group)
    return (
      <fieldset class="field" aria-describedby={describedBy(id, description, problem)}>
        <legend class="field-label">{name}</legend>
        {below}
      </fieldset>
    );
  return (
    <div class="field" id={named ? id : undefined}>
      {named ? (
        <p class="field-label">{name}</p>
      ) : (
        <label class="field-label" for={id}>
          {name}
        </label>
      )}
      {below}
    </div>
  );
}
