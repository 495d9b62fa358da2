/** What fits, as Discord counts it, and its words for what does not. */

export const messageLength = 2000;
/** From here on, what is left is shown. */
export const messageNearlyFull = 1800;
export const nameLength = 100;
export const mostTags = 5;
export const mostFiles = 10;
const largestFile = 10 * 1024 * 1024;

/** Characters as the town counts them: an emoji of two UTF-16 units is one. */
export const lengthOf = (text: string): number => [...text].length;

/** Why this text cannot be sent; undefined when it can. */
export const tooLong = (text: string): string | undefined =>
  lengthOf(text.trim()) > messageLength ? 'Your message is too long: a message holds 2,000 characters.' : undefined;

/** Adds files to those that were chosen; says which did not fit. */
export function addFiles(
  chosen: readonly File[],
  more: readonly File[],
  most = mostFiles,
): { files: File[]; problem?: string } {
  const heavy = more.find((file) => file.size > largestFile);
  const files = [...chosen, ...more.filter((file) => file.size <= largestFile)];
  if (heavy) return { files: files.slice(0, most), problem: `“${heavy.name}” is too large: a file may hold 10 MB.` };
  if (files.length <= most) return { files };
  return {
    files: files.slice(0, most),
    problem: most === 1 ? 'Only one file fits here.' : `Only ${most} files fit here.`,
  };
}

export const messageOf = (error: unknown): string =>
  error instanceof Error && error.message !== '' ? error.message : 'Something went wrong. Try again.';
