// Tests against a real control plane; `npm run test:cluster` builds it first.
module.exports = {
  spec: ['build/test/real-cluster/**/*.test.js'],
  'fail-zero': true,
  'forbid-only': Boolean(process.env.CI),
  timeout: 600000,
  slow: 60000,
};
