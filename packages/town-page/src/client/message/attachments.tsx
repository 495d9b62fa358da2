import type { APIAttachment } from 'discord-api-types/v10';
import { isSpoilerFile, kindOf, ownPath, sizeText } from './files.ts';
import { Picture } from './picture.tsx';
import { Covered } from './spoiler.tsx';

/** The files of a message: pictures side by side, the rest below each other. */
export function Attachments({ files }: { files: readonly APIAttachment[] }) {
  const pictures = files.filter((file) => kindOf(file.content_type) === 'image');
  const others = files.filter((file) => kindOf(file.content_type) !== 'image');
  return (
    <>
      {pictures.length > 0 && (
        <div class={`gallery gallery-${Math.min(pictures.length, 4)}`}>
          {pictures.map((file) => (
            <Covered key={file.id} isSpoiler={isSpoilerFile(file.filename)} what="picture">
              <Picture url={file.url} description={file.description} name={file.filename} />
            </Covered>
          ))}
        </div>
      )}
      {others.map((file) => (
        <Covered key={file.id} isSpoiler={isSpoilerFile(file.filename)} what="file">
          <Played file={file} />
        </Covered>
      ))}
    </>
  );
}

function Played({ file }: { file: APIAttachment }) {
  const path = ownPath(file.url);
  const kind = kindOf(file.content_type);
  const label = file.description || file.filename;
  if (path !== undefined && kind === 'video')
    // biome-ignore lint/a11y/useMediaCaption: people's own files come without captions
    return <video class="video" src={path} controls preload="metadata" aria-label={label} />;
  return (
    <>
      <FileCard name={file.filename} size={file.size} url={file.url} />
      {path !== undefined && kind === 'audio' && (
        // biome-ignore lint/a11y/useMediaCaption: people's own files come without captions
        <audio class="audio" src={path} controls preload="metadata" aria-label={label} />
      )}
    </>
  );
}

/** A file with its name and size, to be downloaded. */
export function FileCard({ name, size, url }: { name: string; size: number | null | undefined; url: string }) {
  const path = ownPath(url);
  return (
    <div class="file">
      <svg class="file-icon" viewBox="0 0 24 32" width="24" height="32" aria-hidden="true">
        <path d="M3 0h12l8 8v21a3 3 0 0 1-3 3H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z" fill="currentColor" opacity=".25" />
        <path d="M15 0l8 8h-6a2 2 0 0 1-2-2z" fill="currentColor" opacity=".55" />
        <path d="M5 15h13M5 20h13M5 25h9" stroke="currentColor" stroke-width="2" stroke-linecap="round" />
      </svg>
      <div class="file-text">
        <a href={path ?? url} {...(path ? { download: name } : { target: '_blank', rel: 'noopener noreferrer' })}>
          {name}
          <span class="sr-only"> (download)</span>
        </a>
        {size !== null && size !== undefined && <small>{sizeText(size)}</small>}
      </div>
    </div>
  );
}
