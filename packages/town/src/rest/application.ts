/** Routes of the application itself: who it is, its commands, what administrators decided about them. */
import { type APIApplicationCommand, ApplicationCommandType } from 'discord-api-types/v10';
import { apiError, createForm } from '#api-error';
import { type CommandForm, commandIn, commandsIn } from '#checks/command';
import { asList, asObject } from '#checks/read';
import { applicationFlags } from '#gateway/identify';
import { type Call, created, guildAt, nothing, objectIn, ok, part, type Reply, type Routes } from '#rest/call';
import type { World } from '#world/world';

function applicationLook(world: World): object {
  const { user } = world.bot;
  const flags = applicationFlags(world);
  return {
    id: user.id,
    name: user.username,
    icon: null,
    description: '',
    type: null,
    bot: user,
    bot_public: true,
    bot_require_code_grant: false,
    integration_types_config: { 0: {}, 1: {} },
    verify_key: '0'.repeat(64),
    flags,
    flags_new: String(flags),
    tags: [],
    redirect_uris: [],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    owner: user,
    approximate_guild_count: [...world.guilds.values()].filter((guild) => guild.members.has(user.id)).length,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    event_webhooks_url: null,
    event_webhooks_status: 1,
    event_webhooks_types: [],
    explicit_content_filter: 0,
    team: null,
    eligible_oauth2_scopes: ['bot', 'applications.commands'],
  };
}

function own(call: Call): void {
  if (part(call, 'application') !== call.world.bot.user.id) throw apiError.unknownApplication();
  if (call.params.guild !== undefined) guildAt(call);
}

const here = (call: Call) => [...call.world.commands.values()].filter((one) => one.guild_id === call.params.guild);

function commandAt(call: Call): APIApplicationCommand {
  const command = call.world.commands.get(part(call, 'command'));
  if (!command || command.guild_id !== call.params.guild) throw apiError.unknownCommand();
  return command;
}

/** Keeps a definition: under its old id when there was one of its kind and name, in a new version when it differs. */
function keep(call: Call, form: CommandForm, old: APIApplicationCommand | undefined): APIApplicationCommand {
  const { world } = call;
  const { id: _, version, application_id: __, ...before } = old ?? ({} as Partial<APIApplicationCommand>);
  const same = old !== undefined && JSON.stringify(before) === JSON.stringify(form);
  const id = old?.id ?? world.ids.next();
  const command = {
    id,
    application_id: world.bot.user.id,
    version: same && version ? version : world.ids.next(),
    ...form,
  } as APIApplicationCommand;
  world.commands.set(id, command);
  return command;
}

const twin = (call: Call, form: CommandForm) =>
  here(call).find((one) => one.type === form.type && one.name === form.name);

/** Without `with_localizations`, translations are left out (deep in options, too). */
function withoutTranslations(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTranslations);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'name_localizations' && key !== 'description_localizations')
      .map(([key, inner]) => [key, withoutTranslations(inner)]),
  );
}

function list(call: Call): Reply {
  own(call);
  const all = here(call);
  return ok(call.query.get('with_localizations') === 'true' ? all : all.map(withoutTranslations));
}

function overwrite(call: Call): Reply {
  own(call);
  const forms = commandsIn(asList(call.body), call.params.guild);
  const hasEntryPoint = (list: readonly { type: ApplicationCommandType }[]) =>
    list.some(({ type }) => type === ApplicationCommandType.PrimaryEntryPoint);
  if (hasEntryPoint(here(call)) && !hasEntryPoint(forms)) throw apiError.withoutEntryPoint();
  const olds = new Map(forms.map((form) => [form, twin(call, form)]));
  for (const command of here(call)) call.world.commands.delete(command.id);
  return ok(forms.map((form) => keep(call, form, olds.get(form))));
}

function create(call: Call): Reply {
  own(call);
  const form = createForm();
  const made = commandIn(form, call.body, [], call.params.guild);
  form.done();
  const old = twin(call, made);
  const command = keep(call, made, old);
  return old ? ok(command) : created(command);
}

function edit(call: Call): Reply {
  own(call);
  const old = commandAt(call);
  const form = createForm();
  const made = commandIn(form, { ...old, ...asObject(call.body), type: old.type }, [], call.params.guild);
  form.done();
  return ok(keep(call, made, old));
}

function remove(call: Call): Reply {
  own(call);
  call.world.commands.delete(commandAt(call).id);
  return nothing;
}

const get = (call: Call): Reply => {
  own(call);
  return ok(commandAt(call));
};

export const applicationRoutes: Routes = {
  'GET /gateway': (call) => ok({ url: call.gateway.url }),
  'GET /gateway/bot': (call) =>
    ok({
      url: call.gateway.url,
      shards: call.gateway.shards,
      session_start_limit: {
        total: 1000,
        remaining: 1000,
        reset_after: 86_400_000,
        max_concurrency: call.gateway.maxConcurrency,
      },
    }),
  'GET /applications/@me': (call) => ok(applicationLook(call.world)),
  'GET /oauth2/applications/@me': (call) => ok(applicationLook(call.world)),
  'PATCH /applications/@me': (call) => {
    objectIn(call);
    return ok(applicationLook(call.world));
  },
  'GET /applications/:application/commands': list,
  'PUT /applications/:application/commands': overwrite,
  'POST /applications/:application/commands': create,
  'GET /applications/:application/commands/:command': get,
  'PATCH /applications/:application/commands/:command': edit,
  'DELETE /applications/:application/commands/:command': remove,
  'GET /applications/:application/guilds/:guild/commands': list,
  'PUT /applications/:application/guilds/:guild/commands': overwrite,
  'POST /applications/:application/guilds/:guild/commands': create,
  'GET /applications/:application/guilds/:guild/commands/permissions': (call) => {
    own(call);
    const guild = guildAt(call);
    return ok([...guild.commandPermissions].map(([id, permissions]) => permissionsLook(call, id, permissions)));
  },
  'GET /applications/:application/guilds/:guild/commands/:command/permissions': (call) => {
    own(call);
    const id = part(call, 'command');
    const permissions = guildAt(call).commandPermissions.get(id);
    if (!permissions) throw apiError.unknownCommandPermissions();
    return ok(permissionsLook(call, id, permissions));
  },
  'GET /applications/:application/guilds/:guild/commands/:command': get,
  'PATCH /applications/:application/guilds/:guild/commands/:command': edit,
  'DELETE /applications/:application/guilds/:guild/commands/:command': remove,
};

const permissionsLook = (call: Call, id: string, permissions: unknown[]) => ({
  id,
  application_id: call.world.bot.user.id,
  guild_id: part(call, 'guild'),
  permissions,
});
