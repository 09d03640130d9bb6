# Installs a build into an empty prefix, then configures, builds and tests the project beside this
# file against it, by CMake's package and (where pkg-config is there) by the .pc file.
#   cmake -DBUILD=... -DWORK=... -DGENERATOR=... -DC_FLAGS=... -DC_COMPILER=... -P tests/install/install.cmake
function(must)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE code OUTPUT_VARIABLE out ERROR_VARIABLE out)
  if(NOT code EQUAL 0)
    string(REPLACE ";" " " line "${ARGN}")
    message(FATAL_ERROR "${line}\n${out}")
  endif()
endfunction()

file(REMOVE_RECURSE ${WORK})
must(${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/prefix)
must(${CMAKE_COMMAND} -G ${GENERATOR} -S ${CMAKE_CURRENT_LIST_DIR} -B ${WORK}/build
     -DCMAKE_PREFIX_PATH=${WORK}/prefix -DCMAKE_C_COMPILER=${C_COMPILER}
     -DCMAKE_C_FLAGS=${C_FLAGS} -DCMAKE_CXX_FLAGS=${C_FLAGS})
must(${CMAKE_COMMAND} --build ${WORK}/build)
must(${CMAKE_CTEST_COMMAND} --test-dir ${WORK}/build --output-on-failure)
must(${WORK}/prefix/bin/roicast --version)

# The program does its work where there is nothing but itself: models, languages, charts are in it.
function(must_hold file text)
  file(READ ${file} all)
  string(FIND "${all}" "${text}" at)
  if(at EQUAL -1)
    message(FATAL_ERROR "${file} has no \"${text}\"")
  endif()
endfunction()
set(away ${WORK}/away)
file(MAKE_DIRECTORY ${away})
file(COPY ${WORK}/prefix/bin/roicast DESTINATION ${away})
set(alone ${CMAKE_COMMAND} -E chdir ${away} ${CMAKE_COMMAND} -E env --unset=LANG --unset=LC_ALL)
file(GLOB_RECURSE shared ${WORK}/prefix/libroicast.so*)
if(shared)
  file(COPY ${shared} DESTINATION ${away})
  list(APPEND alone LD_LIBRARY_PATH=${away})
endif()
must(${alone} ./roicast new --company startup --vendor hubspot --quiet -o m.yaml)
must(${alone} ./roicast check --quiet m.yaml)
must(${alone} ./roicast report m.yaml --trials 2048 --quiet)
must(${alone} ./roicast run m.yaml --trials 2048 --lang zh-CN --quiet -o zh.txt)
must_hold(${away}/zh.txt "万") # ten thousands, as Chinese has them
if(EXISTS ${BUILD}/web/report.js)
  must_hold(${away}/m.html "data-chart=")
endif()
file(STRINGS ${away}/roicast paths REGEX "${SOURCE}/(src|models|docs)/")
if(paths AND RELEASE)
  message(FATAL_ERROR "the program has paths of its sources in it: ${paths}")
endif()

# Manual pages, completion
foreach(page share/man/man1/roicast.1 share/man/man1/roicast-run.1 share/man/man1/roicast-goal.1
             share/bash-completion/completions/roicast share/zsh/site-functions/_roicast
             share/fish/vendor_completions.d/roicast.fish)
  if(NOT EXISTS ${WORK}/prefix/${page})
    message(FATAL_ERROR "${page} was not installed")
  endif()
endforeach()
must_hold(${WORK}/prefix/share/man/man1/roicast-run.1 "Nm roicast run")

find_program(PKG_CONFIG pkg-config)
file(GLOB_RECURSE pc ${WORK}/prefix/roicast.pc)
if(PKG_CONFIG AND pc)
  get_filename_component(folder ${pc} DIRECTORY)
  set(ENV{PKG_CONFIG_PATH} ${folder})
  execute_process(COMMAND ${PKG_CONFIG} --static --cflags --libs roicast
                  OUTPUT_VARIABLE flags COMMAND_ERROR_IS_FATAL ANY)
  separate_arguments(flags UNIX_COMMAND "${flags} ${C_FLAGS}")
  must(${C_COMPILER} -std=c17 ${CMAKE_CURRENT_LIST_DIR}/user.c -o ${WORK}/user ${flags})
  must(${WORK}/user ${CMAKE_CURRENT_LIST_DIR}/model.yaml)
endif()
