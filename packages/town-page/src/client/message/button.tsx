import { type APIButtonComponent, ButtonStyle } from 'discord-api-types/v10';
import { Icon } from '../icons.tsx';
import { Dots } from './choose.tsx';
import { useScene } from './scene.ts';

const looks: Record<ButtonStyle, string> = {
  [ButtonStyle.Primary]: 'primary',
  [ButtonStyle.Secondary]: 'secondary',
  [ButtonStyle.Success]: 'success',
  [ButtonStyle.Danger]: 'danger',
  [ButtonStyle.Link]: 'secondary',
  [ButtonStyle.Premium]: 'primary',
};

export function Button({ button }: { button: APIButtonComponent }) {
  const { acts, message, pending, use } = useScene();
  const look = `press press-${looks[button.style]}`;
  if (button.style === ButtonStyle.Link) {
    const face = <Face button={button} />;
    // A disabled link leads nowhere and says so.
    if (button.disabled)
      return (
        <span class={`${look} press-off`} aria-disabled="true">
          {face}
          <Away />
        </span>
      );
    return (
      <a class={look} href={button.url} target="_blank" rel="noopener noreferrer nofollow">
        {face}
        <Away />
      </a>
    );
  }
  if (button.style === ButtonStyle.Premium)
    return (
      <button type="button" class={look} disabled>
        Premium
      </button>
    );
  const { custom_id } = button;
  const isPending = pending === custom_id;
  return (
    <button
      type="button"
      class={`${look} ${isPending ? 'is-pending' : ''}`}
      disabled={button.disabled === true}
      aria-disabled={pending !== undefined}
      aria-busy={isPending}
      onClick={() => {
        if (pending === undefined) use(custom_id, () => acts.presses(message, custom_id));
      }}
    >
      <Face button={button} />
      {isPending && <Dots />}
    </button>
  );
}

type Faced = Exclude<APIButtonComponent, { style: ButtonStyle.Premium }>;

function Face({ button: { label, emoji } }: { button: Faced }) {
  const sign = emoji && (emoji.id ? `:${emoji.name}:` : emoji.name);
  return (
    <span class="press-face">
      {sign && (
        <span class={emoji.id ? 'md-emoji-name' : 'emoji'} {...(label && { 'aria-hidden': true })}>
          {sign}
        </span>
      )}
      {label && <span>{label}</span>}
    </span>
  );
}

const Away = () => (
  <>
    <Icon name="away" size={16} />
    <span class="sr-only"> (opens in a new tab)</span>
  </>
);
