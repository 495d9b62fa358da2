import { useRef, useState } from 'preact/hooks';
import { hostOf, ownPath } from './files.ts';

type Props = { url: string; description?: string | null | undefined; name?: string | undefined; class?: string };

/** A picture, larger by a press. One that lies on another host is named, not asked for. */
export function Picture({ url, description, name, class: extra = '' }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [isBroken, setBroken] = useState(false);
  const path = ownPath(url);
  const alt = description || name || 'Picture';
  if (path === undefined) return <Elsewhere url={url} description={description} class={extra} />;
  if (isBroken) return <span class={`elsewhere ${extra}`}>{alt} (cannot be shown)</span>;
  return (
    <>
      <button
        type="button"
        class={`picture ${extra}`}
        aria-label={`${alt}, larger`}
        title={description ?? undefined}
        onClick={() => dialog.current?.showModal()}
      >
        <img src={path} alt={alt} loading="lazy" onError={() => setBroken(true)} />
      </button>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Escape and the button close it, too */}
      <dialog
        class="lightbox"
        ref={dialog}
        aria-label={alt}
        onClick={(event) => event.target === dialog.current && dialog.current?.close()}
      >
        <img src={path} alt={alt} loading="lazy" />
        {description && <p>{description}</p>}
        <div class="lightbox-foot">
          <a href={path} target="_blank" rel="noopener">
            Open in browser
          </a>
          <button type="button" class="button plain" onClick={() => dialog.current?.close()}>
            Close
          </button>
        </div>
      </dialog>
    </>
  );
}

function Elsewhere({ url, description, class: extra = '' }: Props) {
  return (
    <a class={`elsewhere ${extra}`} href={url} target="_blank" rel="noopener noreferrer nofollow">
      {description || 'Picture'} on {hostOf(url)}
      <small>not loaded: this page asks no other host</small>
    </a>
  );
}
