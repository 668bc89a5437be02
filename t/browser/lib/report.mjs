// What the steps of a program have found.

import { resolve } from 'node:path';

export const sleep = ms => new Promise(done => setTimeout(done, ms));

const args = process.argv.slice(2);

export const options = Object.fromEntries(args.filter(a => a.startsWith('--'))
    .map(a => a.slice(2).split(/=(.*)/s)).map(([ k, v ]) => [ k, v ?? true ]));

export const paths = args.filter(a => !a.startsWith('--'))
    .map(a => resolve(a));

let passed = 0, failed = 0, present = '';


// what is looked at from now on

export function at(name) {
    present = name;
}


export function fail(why) {
    failed++;
    console.log(`not ok - ${present}: ${why}`);
}


export function check(name, is, expected = true) {
    if (JSON.stringify(is) === JSON.stringify(expected)) {
        passed++;
        return;
    }
    fail(`${name}\n    is       ${JSON.stringify(is)}\n    expected ${
        JSON.stringify(expected)}`);
}


// Each step with what it is given; --only=RE: those whose name matches.

export async function run(steps, ...given) {
    const only = new RegExp(options.only ?? '');

    for (const [ name, step ] of Object.entries(steps)) {
        if (!only.test(name)) {
            continue;
        }
        const start = Date.now();
        await step(...given).catch(e => fail(e.message));
        console.log(`${name}: ${((Date.now() - start) / 1000).toFixed(1)} s`);
    }
}


// the exit code; a run that has checked nothing has not passed

export function result(name, version) {
    console.log(`${name}: ${passed} passed, ${failed} failed, ${version}`);

    return failed || !passed ? 1 : 0;
}
