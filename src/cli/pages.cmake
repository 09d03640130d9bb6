# Manual pages and completion, written by the program from its own tables of commands and options.
#   cmake -DPROGRAM=... -DCOMMANDS=src/cli/command.def -DOUT=FOLDER -P src/cli/pages.cmake
function(page file)
  execute_process(COMMAND ${PROGRAM} help ${ARGN} OUTPUT_FILE ${OUT}/${file}.new
                  COMMAND_ERROR_IS_FATAL ANY)
  file(RENAME ${OUT}/${file}.new ${OUT}/${file})
endfunction()

file(MAKE_DIRECTORY ${OUT})
page(roicast.1 --man)
file(STRINGS ${COMMANDS} rows REGEX "^RC_COMMAND\\(")
foreach(row IN LISTS rows)
  string(REGEX REPLACE "^RC_COMMAND\\(([a-z_]+).*" "\\1" name "${row}")
  page(roicast-${name}.1 --man ${name})
endforeach()
page(roicast.bash --completion bash)
page(_roicast --completion zsh)
page(roicast.fish --completion fish)
