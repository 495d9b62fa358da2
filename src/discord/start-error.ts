import { DiscordAPIError, DiscordjsError, DiscordjsErrorCodes, HTTPError, RateLimitError } from 'discord.js';
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

/** Discord is there, and does not let the bot in: it answered with this status, or not at all. */
export const noGateway = (status = 'no answer') =>
  new StartError(
    `Discord's gateway does not let the bot in (${status}). It may be in trouble: see https://discordstatus.com. ` +
      'Start Attune again in a few minutes.',
  );

/** A StartError that says what to do, where there is something to do; else the error as it is. */
export function startError(error: unknown, api: string): Error {
  if (error instanceof StartError) return error;
  const refused = error instanceof DiscordAPIError && error.status === 401;
  const invalid = error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid;
  if (refused || invalid) {
    return new StartError(refusedToken);
  }
  if (error instanceof RateLimitError) {
    return new StartError('Discord says "too many requests" and to wait. Start Attune again in an hour.');
  }
  if (error instanceof HTTPError || (error instanceof Error && 'code' in error && typeof error.code === 'string')) {
    const { code, status } = errorFields(error);
    return new StartError(
      `Discord cannot be reached at ${api} (${code ?? status}). Check the network and DISCORD_API_URL.`,
    );
  }
  // A proxy's page, another program, a path that is missing.
  if (error instanceof SyntaxError || (error instanceof DiscordAPIError && error.status === 404)) {
    return new StartError(
      `What answers at ${api} is not Discord's API. Take DISCORD_API_URL out of your settings, or check it; ` +
        'without it, look what stands between this machine and Discord.',
    );
  }
  const gateway =
    error instanceof Error && /^Unexpected server response: (\d{3})$|handshake has timed out/.exec(error.message);
  if (gateway) return noGateway(gateway[1]);
  return error instanceof Error ? error : new Error('login failed');
}
