/** A form that the application opened: all that a modal can hold, checked as Discord's client checks it. */
import { useId, useRef, useState } from 'preact/hooks';
import { Avatar } from '../avatar.tsx';
import { Markdown } from '../message/markdown.tsx';
import { type Scene, SceneProvider } from '../message/scene.ts';
import type { FormDialogProps } from '../types.ts';
import { Dialog } from './dialog.tsx';
import { FormInput } from './form-input.tsx';
import { fieldsOf, inputsOf, piecesOf, problemsOf, type Value, valuesAtFirst } from './form-model.ts';
import { useSending } from './use-sending.ts';

export function FormDialog({ form, world, channel, acts, onClose }: FormDialogProps) {
  const { modal } = form;
  const id = useId();
  const body = useRef<HTMLDivElement>(null);
  const [values, setValues] = useState<Readonly<Record<string, Value>>>(() => valuesAtFirst(modal));
  const [tried, setTried] = useState(false);
  const { sending, problem, send } = useSending(onClose);
  const bot = world.people.get(world.bot);
  const problems = tried ? problemsOf(modal, values) : {};
  const inputId = (customId: string) => `${id}-${inputsOf(modal).findIndex((one) => one.custom_id === customId)}`;

  /** A form's text stands in no message, and markdown asks for none. */
  const scene = {
    world,
    acts,
    channel,
    pending: undefined,
    use: () => {},
    onOpenChannel: () => {},
    onCommand: () => {},
  } satisfies Omit<Scene, 'message'> as unknown as Scene;

  const submit = () => {
    setTried(true);
    const [wrong] = Object.keys(problemsOf(modal, values));
    if (wrong === undefined) {
      void send(() => acts.submits(form, fieldsOf(modal, values)));
      return;
    }
    // What has several elements carries the id itself, or its elements have it as their name.
    const at = inputId(wrong);
    const [found] =
      body.current?.querySelectorAll<HTMLElement>(
        `:is(input, textarea)[id="${at}"], [id="${at}"] button, [name="${at}"]`,
      ) ?? [];
    found?.focus();
  };

  return (
    <Dialog
      title={modal.title}
      sign={bot && <Avatar person={bot} size={28} />}
      submit="Submit"
      sending={sending}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <div ref={body}>
        {piecesOf(modal).map((piece) =>
          piece.kind === 'text' ? (
            <div key={piece.id} class="form-text">
              <SceneProvider value={scene}>
                <Markdown text={piece.content} />
              </SceneProvider>
            </div>
          ) : (
            <FormInput
              key={piece.input.custom_id}
              id={inputId(piece.input.custom_id)}
              label={piece.label}
              description={piece.description}
              input={piece.input}
              value={values[piece.input.custom_id] ?? ''}
              problem={problems[piece.input.custom_id]}
              world={world}
              channel={channel}
              onChange={(value) => setValues((now) => ({ ...now, [piece.input.custom_id]: value }))}
            />
          ),
        )}
        <p class="form-whom">
          This form goes to {bot?.name ?? 'the application'}. Do not share passwords or other sensitive information.
        </p>
      </div>
    </Dialog>
  );
}
