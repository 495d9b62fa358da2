import { DiscordAPIError, DiscordjsError, DiscordjsErrorCodes, HTTPError } from 'discord.js';
import { errorFields } from '#log';
import { Mendable } from '#mendable';

/** Why a bot did not start, in words for the person who runs it. */

/** A start that failed for a reason that the person who runs the bot can mend. */
export class StartError extends Mendable {
  override name = 'StartError';
}

/** The application asked for an intent that it was not granted (close code 4014). */
export const isRefusedIntent = (error: unknown) =>
  error instanceof Error && error.message === 'Used disallowed intents';

export const refusedToken = 'Discord does not accept DISCORD_TOKEN. Copy it anew from your application, page "Bot".';

/** A StartError that says what to do, where there is something to do; else the error as it is. */
export function startError(error: unknown, api: string): Error {
  if (error instanceof StartError) return error;
  const refused = error instanceof DiscordAPIError && error.status === 401;
  const invalid = error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid;
  if (refused || invalid) {
    return new StartError(refusedToken);
  }
  if (error instanceof HTTPError || (error instanceof Error && 'code' in error && typeof error.code === 'string')) {
    const { code, status } = errorFields(error);
    return new StartError(
      `Discord cannot be reached at ${api} (${code ?? status}). Check the network and DISCORD_API_URL.`,
    );
  }
  return error instanceof Error ? error : new Error('login failed');
}
