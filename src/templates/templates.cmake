# The CRM template and its overlays inside the library, for `roicast new`: models/crm-midmarket.yaml
# and models/KIND/NAME.yaml for each kind below, in the order shown to users.
set(template_files ${PROJECT_SOURCE_DIR}/models/crm-midmarket.yaml)
set(template_kinds model)
foreach(kind company vendor type pitfall)
  file(GLOB found CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/models/${kind}/*.yaml)
  list(SORT found)
  if(kind STREQUAL company)
    list(REVERSE found) # startup, midsize, enterprise
  endif()
  foreach(file IN LISTS found)
    list(APPEND template_files ${file})
    list(APPEND template_kinds ${kind})
  endforeach()
endforeach()
set(template_texts "")
set(template_rows "")
foreach(file kind IN ZIP_LISTS template_files template_kinds)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  get_filename_component(name ${file} NAME_WE)
  string(MAKE_C_IDENTIFIER ${kind}_${name} id)
  file(READ ${file} bytes HEX)
  string(REGEX REPLACE "(................................)" "\\1\n" bytes "${bytes}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
  string(APPEND template_texts "static const unsigned char ${id}[] = {${bytes}0};\n")
  string(APPEND template_rows
         "    {\"${name}\", \"${kind}\", (const char *)${id}, sizeof ${id} - 1},\n")
endforeach()
file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/generated/templates.c CONTENT
     "/* models/crm-midmarket.yaml and its overlays, written by src/templates/templates.cmake */
#include \"templates/templates.h\"
@template_texts@const rc_template rc_templates[] = {
@template_rows@};
const size_t rc_template_count = sizeof rc_templates / sizeof *rc_templates;
" @ONLY)
list(APPEND library_sources ${PROJECT_BINARY_DIR}/generated/templates.c)
