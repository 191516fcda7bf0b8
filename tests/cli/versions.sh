#!/usr/bin/env bash
# Transfer files of every version from 7 to 25: with and without a namespace, `Gender` or `Sex`,
# elements in either order, full and partial. Each is made here, read into a school, and comes
# out again; brought in a second time it changes nothing.
set -uo pipefail
here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
. "$here/lib.sh"

# One pupil, two results; $1 version, $2 namespace attribute, $3 Gender or Sex, $4 1: names last
transfer_file() {
    local names="<Surname>O'Test &amp; Pupil</Surname><Forename>Zo&#xEB;</Forename>"
    local who="<DOB>2000-02-29</DOB><$3>F</$3>"
    local identity="$names$who"
    [ "$4" = 1 ] && identity="$who$names"
    cat <<XML
<?xml version="1.0" encoding="utf-8"?>
<CTfile$2><Header><DocumentName>Common Transfer File</DocumentName><CTFversion>$1.0</CTFversion>
<DateTime>2008-07-01T10:00:00</DateTime><DocumentQualifier>$5</DocumentQualifier>
<SupplierID>TEST</SupplierID><SourceSchool><LEA>806</LEA><Estab>4002</Estab>
<SchoolName>Invented</SchoolName><AcademicYear>2007</AcademicYear></SourceSchool>
<DestSchool><LEA>806</LEA><Estab>4001</Estab></DestSchool></Header>
<CTFpupilData><Pupil><UPN>$upn</UPN>$identity
<BasicDetails><NCyearActual>3</NCyearActual><Ethnicity>WBRI</Ethnicity></BasicDetails>
<Unheard><Of v="1">in version $1</Of></Unheard>
<StageAssessments><KeyStage><Stage>KS1</Stage>
<StageAssessment><Locale>ENG</Locale><Year>2007</Year><Subject>MAT</Subject><Method>TA</Method>
<Component>MAT</Component><ResultStatus>R</ResultStatus><ResultQualifier>NL</ResultQualifier>
<Result>2B</Result></StageAssessment>
<StageAssessment><Result>2A</Result><ResultQualifier>NL</ResultQualifier>
<ResultStatus>R</ResultStatus><Component>REA</Component><Method>TA</Method>
<Subject>ENG</Subject><Year>2007</Year><Locale>ENG</Locale></StageAssessment>
</KeyStage></StageAssessments></Pupil></CTFpupilData></CTfile>
XML
}

upn=$(python3 -c '
letters = "ABCDEFGHJKLMNPQRTUVWXYZ"
body = "806400204001"
print(letters[sum(int(c) * (i + 2) for i, c in enumerate(body)) % 23] + body)')

for version in $(seq 7 25); do
    space=""
    [ $((version % 2)) = 0 ] && space=' xmlns="http://www.dcsf.gov.uk/schemas/cbds"'
    sex=Gender
    [ "$version" -ge 23 ] && sex=Sex
    qualifier=full
    [ $((version % 5)) = 0 ] && qualifier=partial
    file=$work/8064002_CTF_8064001_0$version.xml
    transfer_file "$version" "$space" "$sex" $((version % 3 == 0)) "$qualifier" >"$file"
    db=$work/$version.db
    fine=1
    "$ATTAIN" --db "$db" init --name "Dest" --laestab 8064001 >/dev/null || fine=0
    first=$("$ATTAIN" --db "$db" --json import "$file") || fine=0
    second=$("$ATTAIN" --db "$db" --json import "$file") || fine=0
    out=$("$ATTAIN" --db "$db" export ctf) || fine=0
    pupils=$("$ATTAIN" --db "$db" export pupils) || fine=0
    results=$("$ATTAIN" --db "$db" export results) || fine=0
    [[ $first == *'"added":3,"unchanged":0,"superseded":0,"refused":[]'* ]] || fine=0
    [[ $second == *'"added":0,"unchanged":3,"superseded":0,"refused":[]'* ]] || fine=0
    [[ $out == *"<Of v=\"1\">in version $version</Of>"* ]] || fine=0
    [[ $pupils == *"$upn,,O'Test & Pupil,Zoë,2000-02-29,F,3,"* ]] || fine=0
    [[ $results == *"$upn,MAT,result,KS1,2007-06-30,,2b,"* ]] || fine=0
    [[ $results == *"$upn,REA,result,KS1,2007-06-30,,2a,"* ]] || fine=0
    name="a transfer file of version $version comes in whole, once, and goes out again"
    if [ $fine = 1 ]; then good "$name"; else
        wrong "$name" "$first" "$second" "$pupils" "$results" "$out"
    fi
done
finish
