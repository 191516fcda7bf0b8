import { School, words, temporaryFolder } from './harness.mjs';
const s = new School(temporaryFolder()); await s.start();
const dm = s.account('data_manager'); const token = await s.token(dm);
for (const [kind,value,role] of [['group','no such group','teacher'],['registration','99Z','form_tutor'],['year','77','head_of_year'],['subject','NOSUCH','subject_leader'],['pupil','Z000000000000','parent'],['school','','head']]) {
 const r = await s.ask(dm,'POST','/settings/users',{form:{csrf_token:token,name:'A '+kind,username:'a.'+kind,role,kind,value,own:dm.password}});
 console.log(kind,value,r.status,words(r.text).slice(0,300));
}
for (let i=0;i<3;i++){const t0=Date.now(); await s.ask(dm,'GET','/'); console.log('home', Date.now()-t0);}
const g = await s.ask(dm,'GET','/groups'); console.log(g.text.length, g.text.match(/Rows[^<]*/g), words(g.text).slice(0,100));
await s.stop();
