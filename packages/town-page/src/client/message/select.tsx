import { useEffect, useState } from 'preact/hooks';
import { type AnySelect, choicesOf, chosenAtFirst, hintOf } from './choices.ts';
import { Choose } from './choose.tsx';
import { useScene } from './scene.ts';

/** A select in a message: every choice goes to the application. */
export function Select({ select }: { select: AnySelect }) {
  const { world, acts, message, channel, pending, use } = useScene();
  const { custom_id, min_values: min = 1, max_values: max = 1 } = select;
  const [own, setOwn] = useState<string[]>();
  const shape = JSON.stringify(select);

  // What the application shows anew counts again, in place of what was chosen here.
  useEffect(() => setOwn(undefined), [shape, message.edited_timestamp]);

  const send = (values: string[]) => {
    setOwn(values);
    use(custom_id, () =>
      acts.selects(message, custom_id, values).catch((error: unknown) => {
        setOwn(undefined);
        throw error;
      }),
    );
  };

  return (
    <Choose
      label={hintOf(select)}
      hint={hintOf(select)}
      choices={choicesOf(select, world, channel)}
      chosen={own ?? chosenAtFirst(select)}
      min={min}
      max={max}
      disabled={select.disabled === true}
      blocked={pending !== undefined && pending !== custom_id}
      pending={pending === custom_id}
      onDone={send}
    />
  );
}
