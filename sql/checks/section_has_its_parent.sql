-- The section that encloses another comes before it and has a higher heading.
-- severity: error
select
    sections.content_id,
    sections.position,
    sections.level,
    sections.parent_position,
    parents.level as parent_level
from raw.content_sections as sections
left join raw.content_sections as parents
    on sections.content_id = parents.content_id and sections.parent_position = parents.position
where
    sections.parent_position is not null
    and (parents.position is null or parents.position >= sections.position or parents.level >= sections.level);
