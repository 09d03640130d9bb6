# SPDX-License-Identifier: GPL-3.0-or-later
# The style sheet and the chart bundle of the HTML report as an array in C. Run at build time:
#   cmake -DMODE=AUTO|ON|OFF -DSOURCE=src/report/web -DWORK=build/web -DNODE=... -DNPM=... -DOUT=web.c -P web.cmake
# `npm ci` takes what package-lock.json names, with the sums that stand there, and nothing else.
# AUTO: where that fails the report has tables and no charts, and the build says so.
cmake_minimum_required(VERSION 3.25)
file(MAKE_DIRECTORY ${WORK})
set(js "")
if(NOT MODE STREQUAL "OFF")
  file(GLOB sources ${SOURCE}/*.js ${SOURCE}/*.mjs)
  file(COPY ${SOURCE}/package.json ${SOURCE}/package-lock.json ${sources} DESTINATION ${WORK})
  file(SHA256 ${SOURCE}/package-lock.json lock)
  set(failed 0)
  set(have "")
  if(EXISTS ${WORK}/node_modules/.lock)
    file(READ ${WORK}/node_modules/.lock have)
  endif()
  if(NOT have STREQUAL lock)
    execute_process(COMMAND ${NPM} ci --ignore-scripts --no-audit --no-fund --loglevel=error
                    WORKING_DIRECTORY ${WORK} RESULT_VARIABLE failed OUTPUT_VARIABLE said
                    ERROR_VARIABLE said)
    if(failed EQUAL 0)
      file(WRITE ${WORK}/node_modules/.lock ${lock})
    endif()
  endif()
  if(failed EQUAL 0)
    execute_process(COMMAND ${NODE} build.mjs WORKING_DIRECTORY ${WORK} RESULT_VARIABLE failed
                    OUTPUT_VARIABLE said ERROR_VARIABLE said)
  endif()
  if(failed EQUAL 0)
    set(js ${WORK}/report.js)
  elseif(MODE STREQUAL "ON")
    message(FATAL_ERROR "the charts of the HTML report could not be built:\n${said}")
  else()
    message(WARNING "HTML reports will have tables but no charts (npm ci or esbuild failed):\n${said}\n"
            "To try again, remove ${OUT} and build.")
  endif()
endif()

function(bytes_of file out length)
  set(hex "")
  if(file)
    file(READ ${file} hex HEX)
  endif()
  string(LENGTH "${hex}" n)
  math(EXPR n "${n} / 2")
  string(REGEX REPLACE "(................................)" "\\1\n" hex "${hex}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," hex "${hex}")
  set(${out} "${hex}" PARENT_SCOPE)
  set(${length} ${n} PARENT_SCOPE)
endfunction()
bytes_of(${SOURCE}/report.css css css_length)
bytes_of("${js}" js js_length)
file(CONFIGURE OUTPUT ${OUT} CONTENT
     "/* The front end of the HTML report, written by src/report/web/web.cmake */
#include \"report/html.h\"
const unsigned char rc_web_css[] = {@css@0};
const size_t rc_web_css_length = @css_length@;
const unsigned char rc_web_js[] = {@js@0};
const size_t rc_web_js_length = @js_length@;
" @ONLY)
file(TOUCH ${OUT}) # CONFIGURE leaves a file alone that would not change
