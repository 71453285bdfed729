import Mocha from 'mocha';

// Without mocha's command line, which takes longer to start than most mutants take to be noticed.
const mocha = new Mocha({ bail: true, timeout: 20_000, reporter: 'dot' });
mocha.addFile('build/test/mutation/tests.cjs');
mocha.run((failures) => process.exit(failures === 0 ? 0 : 1));
