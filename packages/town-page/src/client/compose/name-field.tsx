/** What a thread or a post is called: required, and no longer than a name may be. */
import { describedBy, Field } from './field.tsx';
import { nameLength } from './limits.ts';

type Props = {
  id: string;
  label: string;
  value: string;
  problem: string | undefined;
  isMarked?: boolean;
  onName(name: string): void;
};

export const NameField = ({ id, label, value, problem, isMarked = false, onName }: Props) => (
  <Field id={id} label={label} required problem={problem}>
    <input
      id={id}
      class="text-input"
      type="text"
      autocomplete="off"
      maxLength={nameLength}
      aria-required="true"
      aria-invalid={problem !== undefined}
      aria-describedby={describedBy(id, undefined, problem)}
      value={value}
      onInput={(event) => onName(event.currentTarget.value)}
      onFocus={(event) => isMarked && event.currentTarget.select()}
    />
  </Field>
);
