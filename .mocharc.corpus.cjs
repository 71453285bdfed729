// Tests over the packs and profiles in the folder that PALETTE_CORPUS names.
module.exports = {
  spec: ['build/test/corpus/**/*.test.js'],
  'fail-zero': true,
  'forbid-only': Boolean(process.env.CI),
  timeout: 120000,
  slow: 10000,
};
