// The frame of every program here: what it is called with, what it starts and
// stops, what it has found, and how it ends.

import { mkdirSync, rmSync } from 'node:fs';
import { basename, resolve } from 'node:path';

// ms: how long what is waited for may take, on a machine that does much besides
export const PATIENCE = 120000;

const args = process.argv.slice(2);

export const options = Object.fromEntries(args.filter(a => a.startsWith('--'))
    .map(a => a.slice(2).split(/=(.*)/s)).map(([ k, v ]) => [ k, v ?? true ]));

export const paths = args.filter(a => !a.startsWith('--'))
    .map(a => resolve(a));

const only = new RegExp(options.only ?? '', 'i');

// --only=RE: what is asked for, by its name
export const wanted = name => only.test(name);

export const sleep = ms => new Promise(done => setTimeout(done, ms));

let passed = 0, failed = 0, present = '';


/*
 * The program.  what: the names of its arguments, WORK, which is made anew,
 * among them.  act() gets them in lower case, and keep(), for what is started:
 * it is stopped at the end, the last of it first, and what it has logged as
 * errors() are failures.  So is whatever is thrown, and a run that has checked
 * nothing, or does not come to its end.
 */

export async function program(what, act) {
    const name = basename(process.argv[1], '.mjs'), names = what.split(' ');
    const given = Object.fromEntries(names.map(
        (n, i) => [ n.toLowerCase(), paths[i] ]));
    const open = [];

    process.exitCode = 1;

    if (paths.length !== names.length) {
        console.error(`usage: ${name}.mjs ${what} [OPTION...]`);
        process.exit(2);
    }

    rmSync(given.work, { recursive: true, force: true });
    mkdirSync(given.work, { recursive: true });

    const keep = async starting => {
        const thing = await starting;

        open.unshift(thing);
        return thing;
    };

    const may_fail = async f => {
        try {
            await f();
        } catch (error) {
            at('');
            fail(error.stack);
        }
    };

    await may_fail(() => act({ ...given, keep }));

    for (const thing of open) {
        await may_fail(async () => {
            await thing.stop();
            thing.errors?.().forEach(line => fail(`nginx logs: ${line}`));
        });
    }

    console.log([ `${name}: ${passed} passed`, `${failed} failed`,
                  ...open.map(thing => thing.version).filter(Boolean)
                      .slice(0, 1) ].join(', '));

    // a timer that nobody waits for any more must not keep us
    process.exit(failed || !passed ? 1 : 0);
}


// what is looked at from now on

export function at(name) {
    present = name;
}


export function fail(why) {
    failed++;
    console.log(`not ok - ${present && `${present}: `}${why}`);
}


// name: the rule; each of wrong says what is not so, or is nothing

export function check(name, ...wrong) {
    const found = wrong.filter(Boolean);

    if (found.length) {
        fail(`${name}:\n    ${found.join('\n    ')}`);
        return;
    }

    passed++;
    options.passed && console.log(`ok - ${present && `${present}: `}${name}`);
}


export function same(name, is, expected = true) {
    const [ got, want ] = [ is, expected ].map(x => JSON.stringify(x));

    check(name, got !== want && `is       ${got}\n    expected ${want}`);
}


// null, or what there is too much and what is missing; what is there twice
// counts so.  may: what of it need not be there

export function differ(what, is, want, may = () => false) {
    const less = [ ...want ], more = [];

    for (const one of is) {
        const i = less.indexOf(one);

        i < 0 ? more.push(one) : less.splice(i, 1);
    }

    const lists = { 'too much': more, missing: less.filter(one => !may(one)) };
    const said = Object.entries(lists).filter(([ , list ]) => list.length)
        .map(([ how, list ]) => `${how} ${list.sort().join(' ')}`);

    return said.length ? `${what}: ${said.join(', ')}` : null;
}


// Each step that is wanted, with what it is given.

export async function steps(list, ...given) {
    for (const [ name, step ] of Object.entries(list)) {
        if (wanted(name)) {
            at(name);
            await timed(name, () => step(...given).catch(e => fail(e.message)));
        }
    }

    at('');
}


export async function timed(name, act) {
    const start = Date.now();

    await act();
    options.times && console.log(
        `${((Date.now() - start) / 1000).toFixed(1)} s: ${name}`);
}


// width: that many at once; most of it is waiting

export async function each(list, width, act) {
    const left = [ ...list ];

    await Promise.all(Array.from({ length: width }, async () => {
        while (left.length) {
            await act(left.shift());
        }
    }));
}


// The page that is asked may go away while it is: that is no error of its own.

const GONE = new RegExp([ 'navigated or closed', 'context was destroyed',
                          'Cannot find default execution context',
                          'Promise was collected' ].join('|'));

export function gone(error) {
    if (!GONE.test(error.message)) {
        throw error;
    }
}

// 1 as soon as it is so; without a name for it 0, if that does not come

export async function until(fact, what, most = PATIENCE) {
    for (const end = Date.now() + most; Date.now() < end; await sleep(20)) {
        if (await (async () => fact())().catch(gone)) {
            return true;
        }
    }

    if (what) {
        throw new Error(`no ${what}`);
    }

    return false;
}
