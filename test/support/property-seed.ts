import { configureGlobal, readConfigureGlobal } from 'fast-check';

/** The same random worlds in every run, so that a failure can be looked at; `FC_SEED` asks for others. */
configureGlobal({ ...readConfigureGlobal(), seed: Number(process.env['FC_SEED'] ?? 1) });
