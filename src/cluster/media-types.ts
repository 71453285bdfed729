const TABLE = 'application/json;as=Table;g=meta.k8s.io;v=v1';
const METADATA_LIST = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';

/** Full JSON: only for the few kinds of which named fields are read. */
export const JSON_TYPE = 'application/json';

const PROTOBUF = 'application/vnd.kubernetes.protobuf';

/** A whole object, with its bytes as they are; what a server or a proxy cannot say so comes as JSON. */
export const PROTOBUF_OR_JSON = `${PROTOBUF},${JSON_TYPE}`;

/** Whether an answer of this type is of a form that `accept` asks for; any JSON is, for how it is read tells the rest. */
export function isOfForm(contentType: string, accept: string): boolean {
  const isProtobuf = contentType.startsWith(PROTOBUF) && accept.includes(PROTOBUF);
  return isProtobuf || contentType.includes('json');
}

/** Metadata with printer columns, else metadata alone. A server that has neither answers 406: payloads stay there. */
export const METADATA_ONLY = `${TABLE},${METADATA_LIST}`;

/** The same, falling back to whole objects of which only metadata is parsed; never used for Secrets. */
export const COLUMNS_OR_OBJECTS = `${METADATA_ONLY},${JSON_TYPE}`;

/** For types of which no printer column is read: a table of few objects is mostly descriptions of its columns. */
export const METADATA_OR_OBJECTS = `${METADATA_LIST},${TABLE},${JSON_TYPE}`;

/** The metadata of one object. */
export const ONE_METADATA = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';

/** Aggregated discovery, else the legacy documents. */
export const DISCOVERY = ['v2', 'v2beta1']
  .map((version) => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`)
  .concat(JSON_TYPE)
  .join(',');
