// What the files of this folder share: the demonstration school served by the program under
// test, a browser, people who are signed in, and a plain HTTP client for what no browser sends.
//
// A file registers its tests with test(sentence, body). The body gets `t`:
//
//   t.account(role)      somebody of this role, from the accounts file
//   t.teacher()          a teacher nobody was given before, so that tests do not meet
//   t.page(account)      a page in a browser context of its own, signed in; null: nobody
//   t.go(page, path)     opens it; fails unless the status is 200 or the one given
//   t.ask(account, ...)  a request without a browser
//   t.shot(page, name)   a picture, where $ATTAIN_SHOTS names a folder
//   t.measure(what, ms, bar)  a line for the reader; never a failure
//
// What the pages must never do (an error in the console, a breach of the content security
// policy, a request to another host, a missing file, a 5xx) fails the test by itself.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const today = '2026-03-24';
export const roles = ['data_manager', 'head', 'slt', 'head_of_year', 'subject_leader',
    'teacher', 'form_tutor', 'ta', 'senco', 'governor', 'la_adviser', 'partner', 'parent',
    'pupil'];

const startLimit = 120_000;
const stepLimit = 15_000;

// ---- registering

export const tests = [];
let currentFile = '';

export function fileIs(name) {
    currentFile = name;
}

export function test(name, body) {
    tests.push({ file: currentFile, name, body });
}

// A test that needs what is not there: `throw new Skip('why')`.
export class Skip extends Error {}

// ---- the school

export class School {
    constructor(folder) {
        this.folder = folder;
        this.program = process.env.ATTAIN ?? path.join(root, 'build/attain');
        this.db = path.join(folder, 'demo.db');
        this.accountsFile = path.join(folder, 'accounts.json');
        this.log = '';
        this.sessions = new Map();
        this.dealt = new Set();
    }

    // The program's command line on the school's database; its standard output.
    run(...args) {
        const done = spawnSync(this.program, ['--db', this.db, '--today', today, ...args],
            { encoding: 'utf8', timeout: startLimit });
        return { status: done.status, out: done.stdout, err: done.stderr };
    }

    async start() {
        this.child = spawn(this.program, ['demo', '--db', this.db, '--today', today,
            '--accounts', this.accountsFile, '--listen', '127.0.0.1:0'],
        { stdio: ['ignore', 'pipe', 'pipe'],
            env: { UBSAN_OPTIONS: 'print_stacktrace=1', ...process.env } });
        this.child.stdout.on('data', () => {});
        this.child.stderr.on('data', (text) => { this.log += text; });
        this.ended = new Promise((resolve) => {
            this.child.on('exit', (code, signal) => {
                this.stopped = true;
                resolve({ code, signal });
            });
        });
        for (const end = Date.now() + startLimit; Date.now() < end && !this.stopped;) {
            if (await this.answers())
                return;
            await sleep(100);
        }
        throw new Error(`the demo does not serve:\n${this.log.slice(-2000)}`);
    }

    async answers() {
        try {
            const file = JSON.parse(fs.readFileSync(this.accountsFile, 'utf8'));
            this.url = file.url;
            this.accounts = file.accounts;
            return (await this.ask(null, 'GET', '/health')).status === 200;
        } catch {
            return false;
        }
    }

    // Ends the program in order; what it said about memory errors, or ''.
    async stop() {
        if (!this.stopped)
            this.child.kill('SIGTERM');
        const timer = setTimeout(() => this.child.kill('SIGKILL'), 30_000);
        const { code, signal } = await this.ended;
        clearTimeout(timer);
        const found = this.log.match(/[^\n]*(ERROR: \w+Sanitizer|runtime error:)[^]*/);
        if (found)
            return found[0].slice(0, 4000);
        return code === 0 ? '' : `exit status ${code}, signal ${signal}\n${this.log.slice(-2000)}`;
    }

    account(role, n = 0) {
        const found = this.accounts.filter((one) => one.role === role)[n];
        if (!found)
            throw new Skip(`the accounts file has no ${role}`);
        return found;
    }

    // A teacher with a marksheet that no other account has and no test had before.
    teacher() {
        const holders = new Map();
        for (const one of this.accounts) {
            for (const sheet of one.marksheets ?? [])
                holders.set(sheet, (holders.get(sheet) ?? 0) + 1);
        }
        const found = this.accounts.find((one) => one.role === 'teacher' &&
            !this.dealt.has(one.username) &&
            one.marksheets.some((sheet) => holders.get(sheet) === 1));
        if (!found)
            throw new Skip('no teacher is left');
        this.dealt.add(found.username);
        return found;
    }

    // Two accounts with one marksheet: { first, second, sheet }.
    pair() {
        for (const first of this.accounts) {
            for (const sheet of first.marksheets ?? []) {
                const second = this.accounts.find((one) => one !== first &&
                    one.role === 'teacher' && one.marksheets?.includes(sheet));
                if (second && first.role === 'teacher') {
                    this.dealt.add(first.username).add(second.username);
                    return { first, second, sheet };
                }
            }
        }
        throw new Skip('no two teachers share a marksheet');
    }

    // One request. Options: form (an object or an array of pairs), body and type, headers,
    // cookie (instead of the account's).
    async ask(account, method, target, options = {}) {
        const headers = { ...options.headers };
        let body = options.body;
        if (options.form) {
            body = new URLSearchParams(options.form).toString();
            headers['content-type'] ??= 'application/x-www-form-urlencoded';
        }
        if (options.type)
            headers['content-type'] = options.type;
        const cookie = options.cookie ?? (account ? await this.signIn(account) : null);
        if (cookie)
            headers.cookie = `attain=${cookie}`;
        if (body !== undefined)
            headers['content-length'] = Buffer.byteLength(body);
        return request(this.url + target, method, headers, body);
    }

    // The token of the forms on a page.
    async token(account, target = '/', options = {}) {
        const page = await this.ask(account, 'GET', target, options);
        return tokenOf(page.text);
    }

    // A session, made once for each account; the cookie's value.
    async signIn(account) {
        const known = this.sessions.get(account.username);
        if (known)
            return known;
        const first = await this.ask(null, 'GET', '/sign-in');
        const done = await this.ask(null, 'POST', '/sign-in', {
            cookie: cookieOf(first),
            form: { csrf_token: tokenOf(first.text), username: account.username,
                password: account.password },
        });
        assert.equal(done.status, 303, `${account.username} (${account.role}) cannot sign in: ` +
            words(done.text));
        const cookie = cookieOf(done);
        assert.ok(cookie, 'signing in sets the cookie');
        this.sessions.set(account.username, cookie);
        return cookie;
    }
}

// ---- without a browser

const agent = new http.Agent({ keepAlive: true, maxSockets: 4 });

function request(url, method, headers, body) {
    return new Promise((resolve, reject) => {
        const sent = http.request(url, { method, headers, agent, timeout: stepLimit },
            (answer) => {
                const parts = [];
                answer.on('data', (part) => parts.push(part));
                answer.on('end', () => {
                    const bytes = Buffer.concat(parts);
                    resolve({ status: answer.statusCode, headers: answer.headers, bytes,
                        text: bytes.toString('utf8') });
                });
                answer.on('error', reject);
            });
        sent.on('timeout', () => sent.destroy(new Error(`no answer: ${method} ${url}`)));
        sent.on('error', reject);
        sent.end(body);
    });
}

export function cookieOf(answer) {
    for (const line of answer.headers['set-cookie'] ?? []) {
        const found = line.match(/^attain=([^;]+)/);
        if (found)
            return found[1];
    }
    return null;
}

export function tokenOf(html) {
    return html.match(/name="csrf_token" value="([^"]+)"/)?.[1] ?? '';
}

// What a person reads of a page's <main>, for messages.
export function words(html) {
    return html.replace(/^[^]*<main[^>]*>/, '').replace(/<\/main>[^]*/, '')
        .replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').trim().slice(0, 400);
}

// The numbers of the pupils that a page leads to.
export function pupilsOf(html) {
    return [...new Set([...html.matchAll(/\/pupils\/(\d+)/g)].map((found) => found[1]))];
}

// The forms of a page: [{ method, action, fields: [[name, value]] }], entities decoded.
export function formsOf(html) {
    return [...html.matchAll(/<form\b([^>]*)>([^]*?)<\/form>/g)].map(([, head, inner]) => ({
        method: attribute(head, 'method')?.toUpperCase() ?? 'GET',
        action: attribute(head, 'action'),
        id: attribute(head, 'id'),
        fields: [...inner.matchAll(/<input\b([^>]*)>/g)]
            .map(([, input]) => [attribute(input, 'name'), attribute(input, 'value') ?? '',
                attribute(input, 'type') ?? 'text', /\schecked\b/.test(input)])
            .filter(([name, , type, checked]) => name &&
                (!['radio', 'checkbox'].includes(type) || checked))
            .map(([name, value]) => [name, value]),
    }));
}

function attribute(head, name) {
    const found = head.match(new RegExp(`\\s${name}="([^"]*)"`));
    return found ? unescape(found[1]) : undefined;
}

function unescape(text) {
    return text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"')
        .replace(/&#39;|&#x27;/g, "'").replace(/&amp;/g, '&');
}

// Does what leads to another page (or to the same again) and waits until that is there.
export async function leads(page, act) {
    const moved = page.waitForEvent('framenavigated', (frame) => frame === page.mainFrame());
    await Promise.all([moved, act()]);
    await page.waitForLoadState();
}

export function sleep(ms) {
    return new Promise((resolve) => { setTimeout(resolve, ms); });
}

// ---- the route table, read from where it is written

// [{ method, path, file }] of every route in src/web.
export function routes() {
    const found = [];
    for (const folder of ['src/web', 'src/web/pages']) {
        for (const name of fs.readdirSync(path.join(root, folder)).sort()) {
            if (!/\.[ch]$/.test(name))
                continue;
            const text = fs.readFileSync(path.join(root, folder, name), 'utf8')
                .replace(/\/\*[^]*?\*\//g, '');
            for (const [, method, where] of
                text.matchAll(/\{\s*METHOD_(GET|POST),\s*"([^"]+)"/g))
                found.push({ method, path: where, file: `${folder}/${name}` });
        }
    }
    return found;
}

// ---- the browser

export async function launch() {
    return chromium.launch({
        executablePath: process.env.ATTAIN_CHROMIUM ?? '/usr/bin/chromium',
        headless: true,
        args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
            '--disable-background-networking', '--disable-component-update', '--disable-sync',
            '--disable-dev-shm-usage', '--no-default-browser-check'],
    });
}

const axeSource = fs.readFileSync(path.join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');
const axeTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

// One test's view of the school and the browser.
export class Trial {
    constructor(school, browser, name) {
        this.school = school;
        this.browser = browser;
        this.name = name;
        this.contexts = [];
        this.complaints = [];
        this.notes = [];
    }

    account(role, n) {
        return this.school.account(role, n);
    }

    teacher() {
        return this.school.teacher();
    }

    // Two teachers who have no pupil in common.
    async strangers() {
        const first = this.teacher();
        const had = new Set();
        for (const sheet of first.marksheets)
            pupilsOf((await this.ask(first, 'GET', sheet)).text).forEach((id) => had.add(id));
        for (;;) {
            const second = this.teacher();
            const page = await this.ask(second, 'GET', second.marksheets[0]);
            if (!pupilsOf(page.text).some((id) => had.has(id)))
                return [first, second];
        }
    }

    ask(account, method, target, options) {
        return this.school.ask(account, method, target, options);
    }

    async page(account, options = {}) {
        const context = await this.browser.newContext({ baseURL: this.school.url,
            locale: 'en-GB', timezoneId: 'Europe/London', viewport: { width: 1280, height: 900 },
            ...options });
        this.contexts.push(context);
        context.setDefaultTimeout(stepLimit);
        if (account) {
            await context.addCookies([{ name: 'attain', url: this.school.url,
                value: await this.school.signIn(account), httpOnly: true, sameSite: 'Lax' }]);
        }
        const page = await context.newPage();
        this.watch(page);
        return page;
    }

    watch(page) {
        const complain = (what) => this.complaints.push(`${what} (on ${page.url()})`);
        page.on('pageerror', (error) => complain(`a script failed: ${error.message}`));
        page.on('console', (message) => {
            const text = message.text();
            if (message.type() === 'error' && !text.startsWith('Failed to load resource'))
                complain(`console: ${text}`);
        });
        page.on('request', (request) => {
            const url = request.url();
            if (!url.startsWith(`${this.school.url}/`) && !/^(blob|about|data):/.test(url))
                complain(`a request to another place: ${url}`);
        });
        page.on('response', (response) => {
            const type = response.request().resourceType();
            if (response.status() >= 500 ||
                (response.status() >= 400 && !['document', 'fetch', 'xhr'].includes(type)))
                complain(`${response.status()} for ${response.url()}`);
        });
        page.on('dialog', (dialog) => {
            if (dialog.type() !== 'beforeunload')
                complain(`a dialogue: ${dialog.message()}`);
            dialog.accept().catch(() => {});
        });
    }

    async go(page, target, want = 200) {
        const response = await page.goto(target, { waitUntil: 'load' });
        assert.equal(response.status(), want, `${target}: ${words(await response.text())}`);
        return response;
    }

    // What is served for another moment (an offline test, a hostile page) is no complaint.
    forgive(pattern) {
        this.complaints = this.complaints.filter((text) => !pattern.test(text));
    }

    measure(what, ms, bar) {
        this.notes.push(`# ${what}: ${ms.toFixed(1)} ms (bar ${bar} ms)`);
    }

    async shot(page, name) {
        if (!process.env.ATTAIN_SHOTS)
            return;
        const file = `${name}.png`.replace(/[^A-Za-z0-9.-]+/g, '-');
        await page.screenshot({ path: path.join(process.env.ATTAIN_SHOTS, file),
            fullPage: true });
    }

    // Fails with every violation of WCAG 2.2 A and AA that axe-core finds, or of the rules
    // named. The script runs beside the page's own policy, which stays in force.
    async axe(page, where, rules = null) {
        if (!await page.evaluate(() => 'axe' in window))
            await page.evaluate(axeSource);
        const found = await page.evaluate(async (only) => {
            const result = await window.axe.run(document, { runOnly: only, resultTypes: ['violations'] });
            return result.violations.map((one) => ({ id: one.id, help: one.help, n: one.nodes.length,
                nodes: one.nodes.slice(0, 3).map((node) =>
                    `${node.target.join(' ')}: ${node.html.slice(0, 160)} ` +
                    [...node.any, ...node.all].map((check) => check.message).join('; ').slice(0, 200)) }));
        }, rules ? { type: 'rule', values: rules } : { type: 'tag', values: axeTags });
        assert.equal(found.length, 0, `${where}:\n` + found.map((one) =>
            `${one.id} (${one.n}): ${one.help}\n    ${one.nodes.join('\n    ')}`).join('\n'));
    }

    async end() {
        await Promise.all(this.contexts.map((context) => context.close()));
        assert.deepEqual(this.complaints, [], 'what no page may do');
    }
}

export function shotsFolder() {
    const folder = process.env.ATTAIN_SHOTS;
    if (!folder)
        return;
    if (path.resolve(folder).startsWith(root + path.sep))
        throw new Error('ATTAIN_SHOTS is inside the repository; pictures are kept outside');
    fs.mkdirSync(folder, { recursive: true });
}

export function temporaryFolder() {
    return fs.mkdtempSync(path.join(os.tmpdir(), 'attain-browser-'));
}
