/** The input of one question in a form (modal), by its kind. */
import {
  type APICheckboxGroupComponent,
  type APIRadioGroupComponent,
  type APITextInputComponent,
  ComponentType,
  TextInputStyle,
} from 'discord-api-types/v10';
import { choicesOf, hintOf, toggled } from '../message/choices.ts';
import { Choose } from '../message/choose.tsx';
import type { Channel, World } from '../types.ts';
import { describedBy, Field } from './field.tsx';
import { FileInput } from './file-input.tsx';
import { amountOf, type Input, isRequired, type Value } from './form-model.ts';

export type FormInputProps = {
  id: string;
  label: string;
  description?: string | undefined;
  input: Input;
  value: Value;
  problem: string | undefined;
  world: World;
  channel: Channel;
  onChange(value: Value): void;
};

const texts = (value: Value): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

export function FormInput(props: FormInputProps) {
  const { id, label, description, input, value, problem, world, channel, onChange } = props;
  if (input.type === ComponentType.Checkbox) return <OneCheckbox {...props} />;
  const required = isRequired(input);
  const field = { id, label, description, required, problem };
  const described = describedBy(id, description, problem);
  switch (input.type) {
    case ComponentType.TextInput:
      return (
        <Field {...field}>
          <TextBox {...props} input={input} />
        </Field>
      );
    case ComponentType.RadioGroup:
    case ComponentType.CheckboxGroup:
      return (
        <Field {...field} group>
          <Options {...props} input={input} />
        </Field>
      );
    case ComponentType.FileUpload:
      return (
        <Field {...field}>
          <FileInput
            id={id}
            files={Array.isArray(value) ? value.filter((one): one is File => one instanceof File) : []}
            max={amountOf(input).max}
            types={input.file_types}
            invalid={problem !== undefined}
            describedBy={described}
            onChange={onChange}
          />
        </Field>
      );
    default:
      return (
        <Field {...field} named>
          <Choose
            label={label}
            hint={hintOf(input)}
            choices={choicesOf(input, world, channel)}
            chosen={texts(value)}
            min={required ? amountOf(input).min : 0}
            max={amountOf(input).max}
            invalid={problem !== undefined}
            {...(described !== undefined && { describedBy: described })}
            onDone={onChange}
          />
        </Field>
      );
  }
}

function TextBox({
  id,
  input,
  value,
  problem,
  description,
  onChange,
}: FormInputProps & { input: APITextInputComponent }) {
  const { style, placeholder, max_length: max = 4000, min_length: min = 0 } = input;
  const text = String(value);
  const shared = {
    id,
    value: text,
    placeholder: placeholder ?? '',
    maxLength: max,
    'aria-required': isRequired(input),
    'aria-invalid': problem !== undefined,
    'aria-describedby': describedBy(id, description, problem),
    onInput: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  };
  if (style !== TextInputStyle.Paragraph)
    return <input type="text" class="text-input" autocomplete="off" {...shared} />;
  return (
    <div class="paragraph">
      <textarea class="text-input" rows={4} {...shared} />
      <span class={text.length < min ? 'counter short' : 'counter'} aria-hidden="true">
        {text.length}/{max}
      </span>
    </div>
  );
}

type Group = APIRadioGroupComponent | APICheckboxGroupComponent;

function Options({ id, input, value, problem, onChange }: FormInputProps & { input: Group }) {
  const isRadio = input.type === ComponentType.RadioGroup;
  const { max } = amountOf(input);
  const chosen = isRadio ? [String(value)] : texts(value);
  const isFull = !isRadio && max > 1 && chosen.length >= max;
  return (
    <div class="options">
      {input.options.map((option) => {
        const isChosen = chosen.includes(option.value);
        return (
          <label key={option.value} class={isChosen ? 'option-row chosen' : 'option-row'}>
            <input
              type={isRadio ? 'radio' : 'checkbox'}
              name={id}
              checked={isChosen}
              disabled={isFull && !isChosen}
              aria-invalid={problem !== undefined}
              onChange={() => onChange(isRadio ? option.value : toggled(chosen, option.value, max))}
            />
            <span class="option-words">
              <span>{option.label}</span>
              {option.description && <span class="option-about">{option.description}</span>}
            </span>
          </label>
        );
      })}
      {isRadio && input.required === false && chosen[0] !== '' && (
        <button type="button" class="button bare clear" onClick={() => onChange('')}>
          Clear selection
        </button>
      )}
    </div>
  );
}

/** The label is the checkbox's own. */
function OneCheckbox({ id, label, description, value, onChange }: FormInputProps) {
  return (
    <div class="field">
      <label class={value === true ? 'option-row chosen' : 'option-row'}>
        <input
          id={id}
          type="checkbox"
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        <span class="option-words">
          <span>{label}</span>
          {description && <span class="option-about">{description}</span>}
        </span>
      </label>
    </div>
  );
}
