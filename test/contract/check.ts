/** Checks an exchange with a REST API, in both directions, against the API's OpenAPI 3.1 document. Pure. */
import { createSchemas, type Schema, type Wrong } from './schema.ts';

/** A request and its answer, bodies parsed; of a multipart request the part named `payload_json`. */
export type Exchange = {
  method: string;
  path: string;
  query?: Record<string, string>;
  request?: unknown;
  status: number;
  response?: unknown;
};

export type Fault = Wrong & { side: 'path' | 'query' | 'request' | 'status' | 'response' };
/** `route` is the document's template, or the path with its numbers taken out when the document has no such route. */
export type Result = { route: string; faults: Fault[] };

type Content = Record<string, { schema?: Schema }>;
type Parameter = { name: string; in: string; required?: boolean; schema: Schema };
type Response = { content?: Content };
type Operation = {
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content: Content };
  responses: Record<string, Response | { $ref: string }>;
};
type Methods = { parameters?: Parameter[] } & Record<string, Operation | Parameter[] | undefined>;
export type Document = { paths: Record<string, object>; components?: object };

type Route = { template: string; pattern: RegExp; names: string[]; methods: Methods };

const methodNames = ['get', 'put', 'post', 'patch', 'delete'];

export function createChecker(document: Document): { check(exchange: Exchange): Result } {
  const schemas = createSchemas(document);
  const routes = Object.entries(document.paths)
    .map(([template, methods]): Route => {
      const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
      const parts = template.split(/\{\w+\}/).map((part) => RegExp.escape(part));
      return { template, pattern: new RegExp(`^${parts.join('([^/]+)')}$`), names, methods: methods as Methods };
    })
    // Literal parts first: /users/@me is not a user whose id is "@me".
    .toSorted((a, b) => a.names.length - b.names.length);

  /** The first route that fits and takes these values; else the first that fits at all. */
  function find(path: string, method: string) {
    const fitting = routes.flatMap((route) => {
      const values = route.pattern.exec(path)?.slice(1).map(decodeURIComponent);
      const operation = route.methods[method];
      if (!values || !operation || Array.isArray(operation)) return [];
      const parameters = [...(route.methods.parameters ?? []), ...(operation.parameters ?? [])];
      const wrong = route.names.flatMap((name, index) => {
        const schema = parameters.find((parameter) => parameter.in === 'path' && parameter.name === name)?.schema;
        return schema ? schemas.checkText(schema, values[index] ?? '').map((found) => ({ ...found, at: name })) : [];
      });
      return [{ route, operation, parameters, wrong }];
    });
    return fitting.find(({ wrong }) => wrong.length === 0) ?? fitting[0];
  }

  function checkQuery(parameters: readonly Parameter[], query: Record<string, string>): Wrong[] {
    return parameters
      .filter((parameter) => parameter.in === 'query')
      .flatMap(({ name, schema, required }) => {
        const value = query[name];
        if (value !== undefined) return schemas.checkText(schema, value).map((wrong) => ({ ...wrong, at: name }));
        return required ? [{ at: name, problem: 'must be given', shape: 'nothing' }] : [];
      });
  }

  function checkRequest({ requestBody }: Operation, body: unknown): Wrong[] {
    if (!requestBody) return [];
    if (body === undefined) return requestBody.required ? [{ at: '', problem: 'must be given', shape: 'nothing' }] : [];
    const schema = requestBody.content['application/json']?.schema;
    return schema ? schemas.check(schema, body) : [];
  }

  function checkResponse({ content }: Response, body: unknown): Wrong[] {
    if (!content)
      return body === undefined || body === null ? [] : [{ at: '', problem: 'must be empty', shape: typeof body }];
    const schema = content['application/json']?.schema;
    return schema ? schemas.check(schema, body) : [];
  }

  function responseFor({ responses }: Operation, status: number): Response | undefined {
    const found = responses[status] ?? responses[`${String(status)[0]}XX`];
    return found && '$ref' in found ? (follow(document, found.$ref) as Response) : found;
  }

  return {
    check({ method, path, query = {}, request, status, response }) {
      // Clients may write the @ of @me and @original as %40.
      const bare = path.replace(/^\/api(\/v\d+)?(?=\/)/, '').replaceAll('%40', '@');
      const found = find(bare, method.toLowerCase());
      if (!found) {
        const known = routes.find(({ pattern }) => pattern.test(bare));
        const has =
          known &&
          methodNames
            .filter((name) => known.methods[name])
            .join(', ')
            .toUpperCase();
        const problem = known ? `is documented for ${has} only` : 'is not documented';
        const route = `${method} ${known?.template ?? bare.replaceAll(/\d{5,}/g, '{id}')}`;
        return { route, faults: [{ side: 'path', at: '', problem, shape: method }] };
      }
      const { operation } = found;
      const faults = [
        ...named('path', found.wrong),
        ...named('query', checkQuery(found.parameters, query)),
        ...named('request', checkRequest(operation, request)),
      ];
      const documented = responseFor(operation, status);
      if (documented) faults.push(...named('response', checkResponse(documented, response)));
      // A server that breaks down is in no document; one that says "not implemented" lacks the route.
      else if (status < 500 || status === 501) {
        faults.push({ side: 'status', at: '', problem: 'is not documented', shape: String(status) });
      }
      return { route: `${method} ${found.route.template}`, faults };
    },
  };
}

const named = (side: Fault['side'], wrong: readonly Wrong[]): Fault[] => wrong.map((found) => ({ side, ...found }));

function follow(document: unknown, ref: string): unknown {
  return ref
    .split('/')
    .slice(1)
    .reduce((at, key) => (at as Schema)[key.replaceAll('~1', '/').replaceAll('~0', '~')], document);
}
