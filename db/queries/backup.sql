-- name: table_counts
-- schools: all
-- How many rows each table has, over all schools: what a backup's manifest states.
SELECT 'account' AS name, count(*) AS n FROM account
UNION ALL SELECT 'adjustment', count(*) FROM adjustment
UNION ALL SELECT 'aspect', count(*) FROM aspect
UNION ALL SELECT 'aspect_value', count(*) FROM aspect_value
UNION ALL SELECT 'audit', count(*) FROM audit
UNION ALL SELECT 'contact', count(*) FROM contact
UNION ALL SELECT 'counter', count(*) FROM counter
UNION ALL SELECT 'ctf_part', count(*) FROM ctf_part
UNION ALL SELECT 'framework_file', count(*) FROM framework_file
UNION ALL SELECT 'grant_role', count(*) FROM grant_role
UNION ALL SELECT 'group_rule', count(*) FROM group_rule
UNION ALL SELECT 'import', count(*) FROM import
UNION ALL SELECT 'intervention', count(*) FROM intervention
UNION ALL SELECT 'latest', count(*) FROM latest
UNION ALL SELECT 'link', count(*) FROM link
UNION ALL SELECT 'marksheet', count(*) FROM marksheet
UNION ALL SELECT 'marksheet_template', count(*) FROM marksheet_template
UNION ALL SELECT 'membership', count(*) FROM membership
UNION ALL SELECT 'national', count(*) FROM national
UNION ALL SELECT 'note', count(*) FROM note
UNION ALL SELECT 'own_measure', count(*) FROM own_measure
UNION ALL SELECT 'parked_entry', count(*) FROM parked_entry
UNION ALL SELECT 'parked_settled', count(*) FROM parked_settled
UNION ALL SELECT 'prediction', count(*) FROM prediction
UNION ALL SELECT 'pupil', count(*) FROM pupil
UNION ALL SELECT 'pupil_fact', count(*) FROM pupil_fact
UNION ALL SELECT 'pupil_group', count(*) FROM pupil_group
UNION ALL SELECT 'result', count(*) FROM result
UNION ALL SELECT 'review', count(*) FROM review
UNION ALL SELECT 'saved_report', count(*) FROM saved_report
UNION ALL SELECT 'school', count(*) FROM school
UNION ALL SELECT 'school_tag', count(*) FROM school_tag
UNION ALL SELECT 'session', count(*) FROM session
UNION ALL SELECT 'setting', count(*) FROM setting
UNION ALL SELECT 'target', count(*) FROM target
UNION ALL SELECT 'template_accepted', count(*) FROM template_accepted
UNION ALL SELECT 'template_file', count(*) FROM template_file
UNION ALL SELECT 'throttle', count(*) FROM throttle
ORDER BY name

-- name: link_heads
-- schools: all
-- The last link of each school's hash chain.
SELECT s.laestab, l.link_no, l.hash FROM link AS l JOIN school AS s ON s.school_id = l.school_id
WHERE l.link_no = (SELECT max(m.link_no) FROM link AS m WHERE m.school_id = l.school_id)
ORDER BY s.laestab
