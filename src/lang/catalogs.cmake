# Catalogs of messages: src/lang/NAME.po for each row of core/language.def, compiled by msgfmt and
# laid into the library.
find_program(ROICAST_MSGFMT msgfmt)
if(NOT ROICAST_MSGFMT)
  message(FATAL_ERROR "msgfmt was not found. It compiles the catalogs of languages in src/lang and "
                      "belongs to GNU gettext: apt-get install gettext (./dev does it by itself).")
endif()
set(languages ${S}/core/language.def)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${languages})
file(STRINGS ${languages} rows REGEX "^RC_LANGUAGE\\(")
foreach(row IN LISTS rows)
  string(REGEX REPLACE "^RC_LANGUAGE\\(([A-Za-z_]+).*" "\\1" name "${row}")
  set(made ${PROJECT_BINARY_DIR}/generated/lang_${name})
  add_custom_command(
    OUTPUT ${made}.c
    COMMAND ${ROICAST_MSGFMT} --check-header --check-domain --endianness=little --no-hash -o
            ${made}.mo ${S}/lang/${name}.po
    COMMAND ${CMAKE_COMMAND} -DMO=${made}.mo -DNAME=${name} -DOUT=${made}.c -P
            ${S}/lang/embed.cmake
    DEPENDS ${S}/lang/${name}.po ${S}/lang/embed.cmake
    COMMENT "Catalog ${name}"
    VERBATIM)
  list(APPEND library_sources ${made}.c)
endforeach()
