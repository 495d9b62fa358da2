import type { ComponentChildren } from 'preact';
import { placeIn } from './files.ts';
import { ChannelMention } from './mention.tsx';
import { useScene } from './scene.ts';

type Props = { target: string; isMasked: boolean; children: ComponentChildren };

/** A link; one to a channel or message of this place leads there, as in Discord's client. */
export function Link({ target, isMasked, children }: Props) {
  const place = placeIn(target);
  if (place) return <PlaceLink {...place} isMasked={isMasked} words={children} />;
  return (
    <a href={target} target="_blank" rel="noopener noreferrer nofollow" {...(isMasked && { title: target })}>
      {children}
    </a>
  );
}

/** How long a channel may take to be drawn before a message in it can be shown, in ms. */
const drawnWithin = 120;

type PlaceProps = { channel: string; message: string | undefined; isMasked: boolean; words: ComponentChildren };

function PlaceLink({ channel, message, isMasked, words }: PlaceProps) {
  const { world, onOpenChannel, onJump } = useScene();
  if (!world.channels.has(channel)) return isMasked ? <span>{words}</span> : <span class="mention"># No access</span>;
  if (!isMasked && message === undefined) return <ChannelMention id={channel} />;
  const go = () => {
    onOpenChannel(channel);
    if (message !== undefined) setTimeout(() => onJump?.({ id: message, channel_id: channel }), drawnWithin);
  };
  return (
    <button type="button" class={isMasked ? 'md-link' : 'mention'} onClick={go}>
      {isMasked ? words : `#${world.channels.get(channel)?.name ?? ''} › message`}
    </button>
  );
}
