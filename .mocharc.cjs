module.exports = {
  spec: ['build/test/**/*.test.js'],
  require: ['./build/test/support/property-seed.js'],
  ignore: ['build/test/real-cluster/**', 'build/test/corpus/**', 'build/test/mutation/**'],
  'fail-zero': true,
  'forbid-only': Boolean(process.env.CI),
  timeout: 60000,
  slow: 2000,
};
