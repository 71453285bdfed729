// client-node imports undici for its object API only, which this program does not use.
const unused = () => {
  throw new Error('undici is not part of this bundle');
};
export const Agent = unused;
export const ProxyAgent = unused;
export const fetch = unused;
export const buildConnector = unused;
