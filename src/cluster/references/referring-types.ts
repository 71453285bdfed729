import { ADMISSION_TYPES } from './admission.ts';
import { BACKUP_TYPES } from './backups.ts';
import { BINDING_TYPES } from './bindings.ts';
import { DELIVERY_TYPES } from './delivery.ts';
import { EXPOSURE_TYPES } from './exposure.ts';
import { GATEWAY_TYPES } from './gateway.ts';
import { MESH_TYPES } from './mesh.ts';
import { NAMED_SECRET_TYPES } from './named-secrets.ts';
import { NETWORK_TYPES } from './network.ts';
import type { ReferringType } from './referring.ts';
import { STORAGE_TYPES } from './storage.ts';

/** Every type that refers to others but for workloads, which are read when the names are known that they may mention. */
export const REFERRING_TYPES: readonly ReferringType[] = [
  ...ADMISSION_TYPES,
  ...BACKUP_TYPES,
  ...BINDING_TYPES,
  ...DELIVERY_TYPES,
  ...EXPOSURE_TYPES,
  ...GATEWAY_TYPES,
  ...MESH_TYPES,
  ...NAMED_SECRET_TYPES,
  ...NETWORK_TYPES,
  ...STORAGE_TYPES,
];
