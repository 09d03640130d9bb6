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
