/** Files of the town, and addresses elsewhere that this page never asks for. */

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Where this page gets a file of the town's; undefined for everything that lies elsewhere. */
export function ownPath(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { hostname, pathname } = new URL(url);
  return loopback.has(hostname) && pathname.startsWith('/files/') ? pathname : undefined;
}

export const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).hostname : url);

/** Where a link to Discord's own client leads: a channel, and a message in it. */
export function placeIn(target: string): { channel: string; message: string | undefined } | undefined {
  const found = /^https:\/\/(?:\w+\.)?discord\.com\/channels\/(?:@me|\d+)\/(\d+)(?:\/(\d+))?\/?$/.exec(target);
  return found?.[1] === undefined ? undefined : { channel: found[1], message: found[2] };
}

export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`;
  const units = ['KB', 'MB', 'GB'];
  let value = bytes / 1024;
  let at = 0;
  while (value >= 1000 && at < units.length - 1) {
    value /= 1024;
    at += 1;
  }
  return `${value.toFixed(2)} ${units[at]}`;
}

export type Kind = 'image' | 'video' | 'audio' | 'file';

const drawable = /^image\/(png|jpe?g|gif|webp|avif|bmp|svg\+xml)/;

export function kindOf(type: string | null | undefined): Kind {
  if (drawable.test(type ?? '')) return 'image';
  if (type?.startsWith('video/')) return 'video';
  return type?.startsWith('audio/') ? 'audio' : 'file';
}

export const isSpoilerFile = (name: string): boolean => name.startsWith('SPOILER_');
