// A file comes in: looked at, applied, undone; and the files that must not.
import assert from 'node:assert/strict';
import { formsOf, leads, test, words } from './harness.mjs';

const file = (name, text, mimeType = 'text/csv') => ({ name, mimeType, buffer: Buffer.from(text) });

// The status of the page that shows what would happen.
async function look(page, upload) {
    await page.getByLabel('File').setInputFiles(upload);
    const answered = page.waitForResponse((one) => one.request().isNavigationRequest() && one.status() !== 303);
    await leads(page, () => page.getByRole('button', { name: 'Look at it' }).click());
    const response = await answered;
    return response.status();
}

async function pupil(t, account) {
    const got = await t.ask(account, 'GET', '/pupils.json?year-group=7');
    return JSON.parse(got.text).tables[0].rows[3];
}

const results = (upn, grade) => 'upn,subject,kind,stage,date,grade\n' +
    `${upn},MAT,assessment,KS3,2026-03-02,${grade}\n`;

test('a file is looked at, brought in, and undone', async (t) => {
    const manager = t.account('data_manager');
    const one = await pupil(t, manager);
    const page = await t.page(manager);
    await t.go(page, '/imports');
    await t.shot(page, 'imports');
    const text = results(one.upn, '5b') + 'Z000000000000,MAT,assessment,KS3,2026-03-02,5b\n' +
        `${one.upn},MAT,assessment,KS3,2026-03-02,77\n`;
    assert.equal(await look(page, file('results.csv', text)), 200);
    await t.shot(page, 'import-preview');
    await t.axe(page, 'import, what would happen');
    const main = page.locator('main');
    assert.match(await main.innerText(), /Nothing has been written/);
    assert.ok((await main.innerText()).includes('Z000000000000'), 'the refused row is shown with its value');
    await leads(page, () => page.getByRole('button', { name: 'Apply' }).click());
    assert.match(await main.innerText(), /brought in/i);
    await t.axe(page, 'import, brought in');
    await page.getByRole('link', { name: /On record as this import/ }).click();
    await page.waitForURL('**/imports/*');
    await t.shot(page, 'import');
    await t.axe(page, 'an import');
    await leads(page, () => page.getByRole('button', { name: 'Undo this import' }).click());
    await t.shot(page, 'import-undone');
    assert.equal(await page.getByRole('button', { name: 'Undo this import' }).count(), 0);
});

test('a file that comes twice changes nothing the second time', async (t) => {
    const manager = t.account('data_manager');
    const one = await pupil(t, manager);
    const page = await t.page(manager);
    for (const [i, want] of [['added', /added\s*1/i], ['unchanged', /unchanged\s*1/i]].entries()) {
        await t.go(page, '/imports');
        assert.equal(await look(page, file('twice.csv', results(one.upn, '5c').replace('-02,', '-03,'))), 200);
        assert.match(await page.locator('main').innerText(), want[1], `time ${i + 1}: ${want[0]}`);
        const apply = page.getByRole('button', { name: 'Apply' });
        if (await apply.count() > 0)
            await leads(page, () => apply.click());
    }
});

test('files that are none of ours are refused in words and the form stays', async (t) => {
    const page = await t.page(t.account('data_manager'));
    const bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>' +
        '<CTfile>&c;&c;&c;</CTfile>';
    const outside = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><CTfile>&x;</CTfile>';
    const files = [file('empty.csv', ''), file('holiday.jpg', '\xff\xd8\xff\xe0 not a picture', 'image/jpeg'),
        file('bomb.xml', bomb, 'text/xml'), file('outside.xml', outside, 'text/xml'),
        file('old.xls', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'application/vnd.ms-excel'),
        file('zip.xlsx', 'PK\x03\x04 no real archive', 'application/zip'), file('lost.csv', 'colour,size\nred,4\n'),
        file('../../../etc/cron.d/evil.csv', 'nothing,here\n1,2\n'), file('<img src=x onerror=alert(1)>.csv', 'a,b\n1,2\n')];
    for (const upload of files) {
        await t.go(page, '/imports');
        const status = await look(page, upload);
        assert.ok(status === 422 || status === 200 || status === 415, `${upload.name}: ${status}`);
        const text = await page.locator('main').innerText();
        assert.doesNotMatch(text, /root:x|bbbbbbbbbbbbbbbbbbbb/, upload.name);
        assert.equal(await page.getByRole('button', { name: 'Apply' }).count(), 0, `${upload.name}: ${text.slice(0, 200)}`);
        assert.equal(await page.locator('main img').count(), 0);
    }
    await t.shot(page, 'import-refused');
    await t.axe(page, 'imports, refused');
});

test('a form without a file is refused in words', async (t) => {
    const page = await t.page(t.account('data_manager'));
    await t.go(page, '/imports');
    const posted = page.waitForResponse((one) => one.request().method() === 'POST');
    await leads(page, () => page.getByRole('button', { name: 'Look at it' }).click());
    const response = await posted;
    assert.equal(response.status(), 422);
    await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
});

test('an upload beyond the limit is refused before it is kept', async (t) => {
    const manager = t.account('data_manager');
    const page = await t.ask(manager, 'GET', '/imports');
    const form = formsOf(page.text).find((one) => one.action === '/imports');
    const token = form.fields.find(([name]) => name === 'csrf_token')[1];
    const head = `--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n${token}\r\n` +
        '--x\r\nContent-Disposition: form-data; name="file"; filename="big.csv"\r\n\r\n';
    const got = await t.ask(manager, 'POST', '/imports', { body: head + 'a,b\n'.repeat(17_500_000) + '\r\n--x--\r\n',
        type: 'multipart/form-data; boundary=x' }).catch((error) => ({ status: 413, text: String(error) }));
    assert.equal(got.status, 413, words(got.text));
    assert.equal((await t.ask(manager, 'GET', '/health')).status, 200);
});

test('whoever may not bring files in cannot by sending the form', async (t) => {
    for (const role of ['head', 'governor', 'parent', 'pupil', 'la_adviser']) {
        const account = t.account(role);
        const token = await t.school.token(account, '/account');
        const body = `--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n${token}\r\n--x\r\n` +
            'Content-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nupn\n1\n\r\n--x--\r\n';
        const got = await t.ask(account, 'POST', '/imports', { body, type: 'multipart/form-data; boundary=x' });
        assert.equal(got.status, 403, role);
    }
});

test('taking data out asks for the password again, and the file has the pupils', async (t) => {
    const manager = t.account('data_manager');
    const page = await t.page(manager);
    await t.go(page, '/exports');
    await t.shot(page, 'exports');
    await t.axe(page, 'exports');
    await page.locator('input[name="what"][value="pupils"]').check();
    const password = page.locator('main input[name="password"]');
    if (await password.count() > 0)
        await password.fill(manager.password);
    const [download] = await Promise.all([page.waitForEvent('download'),
        page.getByRole('button', { name: 'Take the file' }).click()]);
    assert.match(download.suggestedFilename(), /\.csv$/);
});
