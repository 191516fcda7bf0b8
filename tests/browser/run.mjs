#!/usr/bin/env node
// Tests in a real browser.
//
//   tests/browser/run.mjs [FILE...]     marksheet, axe ...; without, all but speed
//
//   ATTAIN           the program (default build/attain)
//   ATTAIN_CHROMIUM  the browser (default /usr/bin/chromium)
//   ATTAIN_SHOTS     a folder outside the repository for pictures of the pages
//   ATTAIN_ONLY      only tests whose sentence holds this text
//
// Serves one demonstration school for all of them and prints "ok - what", "not ok - what" or
// "skipped - what: why"; lines with # are measurements. Exit status 1 when one failed.
import fs from 'node:fs';
import { fileIs, launch, School, shotsFolder, Skip, temporaryFolder, tests, Trial }
    from './harness.mjs';

// The files of a lane run one after the other, the lanes beside each other; speed runs alone.
const lanes = [['axe', 'hostile'], ['marksheet', 'signin', 'roles', 'reports', 'pupils', 'imports', 'users']];
const alone = ['speed'];
const all = [...lanes.flat(), ...alone];
const limit = 60_000;

async function withLimit(promise, ms) {
    let timer;
    const late = new Promise((resolve, reject) => {
        timer = setTimeout(() => reject(new Error(`took more than ${ms / 1000} s`)), ms);
    });
    try {
        return await Promise.race([promise, late]);
    } finally {
        clearTimeout(timer);
    }
}

async function attempt(trial, body) {
    try {
        await withLimit(body(trial), limit);
    } catch (error) {
        for (const page of trial.contexts.flatMap((context) => context.pages()))
            await trial.shot(page, `failed-${trial.name}`).catch(() => {});
        await trial.end().catch((more) => {
            if (!(error instanceof Skip))
                error.message += `\n${more.message}`;
        });
        throw error;
    }
    await trial.end();
}

function indented(text) {
    return text.split('\n').slice(0, 60).map((line) => `    ${line}`).join('\n');
}

function said(error) {
    const where = (error.stack ?? '').split('\n').filter((line) => /tests\/browser\/\w+\.mjs/.test(line));
    return `${error.message}\n${where.slice(0, 3).join('\n')}`;
}

async function runOne(school, browser, one) {
    const name = `${one.file}: ${one.name}`;
    const trial = new Trial(school, browser, `${one.file}-${one.name}`);
    const started = Date.now();
    let line = `ok - ${name}`;
    let good = true;
    try {
        await attempt(trial, one.body);
    } catch (error) {
        good = error instanceof Skip;
        line = good ? `skipped - ${name}: ${error.message}`
            : `not ok - ${name}\n${indented(said(error))}`;
    }
    if (process.env.ATTAIN_TIMES)
        trial.notes.push(`# ${((Date.now() - started) / 1000).toFixed(1)} s`);
    console.log([line, ...trial.notes].join('\n'));
    return good;
}

async function runLane(school, browser, files) {
    let good = true;
    for (const one of tests) {
        if (files.includes(one.file) &&
            (!process.env.ATTAIN_ONLY || one.name.includes(process.env.ATTAIN_ONLY)))
            good = await runOne(school, browser, one) && good;
    }
    return good;
}

async function main(files) {
    shotsFolder();
    for (const file of files) {
        fileIs(file);
        await import(`./${file}.mjs`);
    }
    const folder = temporaryFolder();
    const school = new School(folder);
    let good = true;
    let browser;
    try {
        await school.start();
        browser = await launch();
        const done = await Promise.all(lanes.map((lane) => runLane(school, browser, lane)));
        good = !done.includes(false) && await runLane(school, browser, alone);
    } catch (error) {
        console.log(`not ok - the browser tests run\n${indented(said(error))}`);
        good = false;
    } finally {
        await browser?.close();
        const wrong = await school.stop();
        console.log(wrong ? `not ok - the server stops in order and found no memory error\n` +
            indented(wrong) : 'ok - the server stops in order and found no memory error');
        good &&= wrong === '';
        fs.rmSync(folder, { recursive: true, force: true });
    }
    return good;
}

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !all.includes(name));
if (unknown.length > 0) {
    console.error(`usage: tests/browser/run.mjs [${all.join('|')}]...`);
    process.exit(2);
}
process.exit(await main(chosen.length > 0 ? chosen : lanes.flat()) ? 0 : 1);
