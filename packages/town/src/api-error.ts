/** The answers that Discord gives when it says no. */

/** `status` is HTTP's, `code` Discord's JSON error code, `errors` the tree of a 50035. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: number;
  readonly errors: ErrorTree | undefined;

  constructor(status: number, code: number, message: string, errors?: ErrorTree) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.errors = errors;
  }

  body(): { message: string; code: number; errors?: ErrorTree } {
    return { message: this.message, code: this.code, ...(this.errors && { errors: this.errors }) };
  }
}

export type ErrorTree = { [key: string]: ErrorTree | { code: string; message: string }[] };

export const apiError = {
  unauthorized: () => new ApiError(401, 0, '401: Unauthorized'),
  notFound: () => new ApiError(404, 0, '404: Not Found'),
  unknownApplication: () => new ApiError(404, 10002, 'Unknown Application'),
  unknownChannel: () => new ApiError(404, 10003, 'Unknown Channel'),
  unknownGuild: () => new ApiError(404, 10004, 'Unknown Guild'),
  unknownMember: () => new ApiError(404, 10007, 'Unknown Member'),
  unknownMessage: () => new ApiError(404, 10008, 'Unknown Message'),
  unknownUser: () => new ApiError(404, 10013, 'Unknown User'),
  unknownEmoji: () => new ApiError(400, 10014, 'Unknown Emoji'),
  unknownWebhook: () => new ApiError(404, 10015, 'Unknown Webhook'),
  unknownInteraction: () => new ApiError(404, 10062, 'Unknown interaction'),
  unknownCommand: () => new ApiError(404, 10063, 'Unknown application command'),
  unknownCommandPermissions: () => new ApiError(404, 10066, 'Unknown application command permissions'),
  tooManyFollowUps: () =>
    new ApiError(400, 40094, 'This interaction has reached the maximum number of follow-up messages.'),
  alreadyAnswered: () => new ApiError(400, 40060, 'Interaction has already been acknowledged.'),
  missingAccess: () => new ApiError(403, 50001, 'Missing Access'),
  notTheAuthor: () => new ApiError(403, 50005, 'Cannot edit a message authored by another user'),
  emptyMessage: () => new ApiError(400, 50006, 'Cannot send an empty message'),
  closedDms: () => new ApiError(403, 50007, 'Cannot send messages to this user'),
  noMutualGuilds: () => new ApiError(403, 50278, 'Cannot send messages to this user due to having no mutual guilds'),
  notInDms: () => new ApiError(400, 50003, 'Cannot execute action on a DM channel'),
  tooOldToBulkDelete: () => new ApiError(400, 50034, 'You can only bulk delete messages that are under 14 days old.'),
  missingPermissions: () => new ApiError(403, 50013, 'Missing Permissions'),
  notInChannelType: () => new ApiError(400, 50024, 'Cannot execute action on this channel type'),
  invalidWebhookToken: () => new ApiError(401, 50027, 'Invalid Webhook Token'),
  systemMessage: () => new ApiError(403, 50021, 'Cannot execute action on a system message'),
  withoutEntryPoint: () =>
    new ApiError(
      400,
      50240,
      "You cannot remove this app's Entry Point command in a bulk update operation. " +
        'Please include the Entry Point command in your update request or delete it separately.',
    ),
  threadArchived: () => new ApiError(400, 50083, 'Thread is archived'),
  hasThread: () => new ApiError(400, 160004, 'A thread has already been created for this message'),
  notJson: () => new ApiError(400, 50109, 'The request body contains invalid JSON.'),
};

/** Gathers what is wrong with a form, by path, and throws one 50035 with all of it. */
export type Form = {
  wrong(path: readonly (string | number)[], code: string, message: string): void;
  /** Throws when anything was wrong. */
  done(): void;
};

export function createForm(): Form {
  const tree: ErrorTree = {};
  let any = false;
  return {
    wrong(path, code, message) {
      any = true;
      let at = tree;
      for (const key of path) {
        const next = at[key];
        if (next && !Array.isArray(next)) at = next;
        else {
          const made: ErrorTree = {};
          at[key] = made;
          at = made;
        }
      }
      const list = at._errors;
      if (Array.isArray(list)) list.push({ code, message });
      else at._errors = [{ code, message }];
    },
    done() {
      if (any) throw new ApiError(400, 50035, 'Invalid Form Body', tree);
    },
  };
}

/** A 50035 about one thing. */
export function invalid(path: readonly (string | number)[], code: string, message: string): never {
  const form = createForm();
  form.wrong(path, code, message);
  form.done();
  throw new Error('A form with a fault must not pass.');
}
