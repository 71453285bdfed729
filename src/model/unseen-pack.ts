/** A pack that a SpectroCluster names as one of a profile, and of which there is no Pack resource. */
export interface UnseenPack {
  readonly profile: string;
  readonly name: string;
  readonly layer: string | undefined;
}
