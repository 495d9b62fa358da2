/** Files that somebody handed over, or that stand in a message of ours. */

/** A press must be answered within three seconds, and this is only a part of it; in ms. */
const patience = 1_500;

/** The bytes at an address that Discord gave, or why they cannot be had. No more than `most` are read. */
export async function bytesAt(url: string, most: number): Promise<Uint8Array | 'too large' | 'out of reach'> {
  try {
    const { ok, body } = await fetch(url, { signal: AbortSignal.timeout(patience) });
    if (!ok || !body) return 'out of reach';
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of body) {
      parts.push(part);
      size += part.length;
      // Leaving the loop ends the download.
      if (size > most) return 'too large';
    }
    return Buffer.concat(parts);
  } catch {
    return 'out of reach';
  }
}
