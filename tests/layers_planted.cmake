cmake_minimum_required(VERSION 3.25)
# Copy src, plant an #include that core may not have, and see layers.cmake fail on it.
#   cmake -DSRC=src -DWORK=folder -P tests/layers_planted.cmake
file(REMOVE_RECURSE ${WORK})
file(COPY ${SRC}/ DESTINATION ${WORK})
file(APPEND ${WORK}/core/text.c "#include \"dist/dist.h\"\n")
execute_process(COMMAND ${CMAKE_COMMAND} -DSRC=${WORK} -P ${CMAKE_CURRENT_LIST_DIR}/layers.cmake
                RESULT_VARIABLE failed OUTPUT_VARIABLE said ERROR_VARIABLE said)
if(NOT failed)
  message(FATAL_ERROR "a planted violation was not noticed")
endif()
if(NOT said MATCHES "core/text.c: core may not include dist \\(see src/layers.txt\\)")
  message(FATAL_ERROR "the violation was noticed, but not named: ${said}")
endif()
file(REMOVE_RECURSE ${WORK})
