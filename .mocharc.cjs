module.exports = {
  spec: ['build/test/**/*.test.js'],
  ignore: ['build/test/real-cluster/**', 'build/test/corpus/**'],
  'fail-zero': true,
  'forbid-only': Boolean(process.env.CI),
  timeout: 20000,
  slow: 2000,
};
