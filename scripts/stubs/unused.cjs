// In place of what client-node loads for logins and connections of its own, which this program does not use. Undici 8
// could not even be loaded by Node 20.
module.exports = {};
