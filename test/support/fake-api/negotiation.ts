/** The forms in which an API server gives objects. */
export type Form = 'table' | 'metadata' | 'whole';

/** One media type of an Accept header: its type, and its parameters. */
interface Range {
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
}

function rangesOf(accept: string): readonly Range[] {
  return accept.split(',').map((text) => {
    const [type = '', ...rest] = text.trim().split(';');
    const parameters = rest.map((one): [string, string] => {
      const [key = '', value = ''] = one.trim().split('=');
      return [key, value];
    });
    return { type, parameters: new Map(parameters) };
  });
}

const JSON_TYPES: ReadonlySet<string> = new Set(['application/json', 'application/*', '*/*', '']);

function formOf({ type, parameters }: Range, metadataKind: string): Form | undefined {
  if (!JSON_TYPES.has(type)) return undefined;
  const as = parameters.get('as');
  if (as === undefined) return 'whole';
  if (parameters.get('g') !== 'meta.k8s.io' || parameters.get('v') !== 'v1') return undefined;
  if (as === 'Table') return 'table';
  return as === metadataKind ? 'metadata' : undefined;
}

/** The first form of the Accept header that is there to give, undefined when none is. */
export function negotiated(accept: string, one: boolean, wholeOnly: boolean): Form | undefined {
  const metadataKind = one ? 'PartialObjectMetadata' : 'PartialObjectMetadataList';
  const forms = rangesOf(accept).map((range) => formOf(range, metadataKind));
  return forms.find((form) => form !== undefined && (form === 'whole' || !wholeOnly));
}

/** Whether JSON is wanted at all, in whatever form. */
export function takesJson(accept: string): boolean {
  return rangesOf(accept).some(({ type }) => JSON_TYPES.has(type));
}

/** Whether discovery may be given in one document. */
export function takesAggregated(accept: string): boolean {
  return rangesOf(accept).some(
    ({ parameters }) => parameters.get('as') === 'APIGroupDiscoveryList' && parameters.get('v') === 'v2',
  );
}
