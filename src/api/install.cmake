# Install rules: the library with its CMake package and .pc file, the public header, the program.
include(CMakePackageConfigHelpers)
set(ROICAST_CMAKE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/roicast)

install(TARGETS roicast EXPORT roicast-targets
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
        LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
        RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
if(TARGET roicast_program)
  install(TARGETS roicast_program RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/roicast DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
        FILES_MATCHING PATTERN "*.h")
install(EXPORT roicast-targets NAMESPACE roicast:: DESTINATION ${ROICAST_CMAKE_DIR})

configure_package_config_file(
  ${PROJECT_SOURCE_DIR}/src/api/roicast-config.cmake.in
  ${PROJECT_BINARY_DIR}/roicast-config.cmake INSTALL_DESTINATION ${ROICAST_CMAKE_DIR})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/roicast-config-version.cmake
                                 COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/roicast-config.cmake
              ${PROJECT_BINARY_DIR}/roicast-config-version.cmake
        DESTINATION ${ROICAST_CMAKE_DIR})

# Absolute when the user gave absolute folders, else relative to the prefix
foreach(kind LIBDIR INCLUDEDIR)
  if(IS_ABSOLUTE ${CMAKE_INSTALL_${kind}})
    set(ROICAST_PC_${kind} ${CMAKE_INSTALL_${kind}})
  else()
    set(ROICAST_PC_${kind} "\${prefix}/${CMAKE_INSTALL_${kind}}")
  endif()
endforeach()
# The prefix is found from where the file lies, so that an installed tree can be moved
if(IS_ABSOLUTE ${CMAKE_INSTALL_LIBDIR})
  set(ROICAST_PC_PREFIX ${CMAKE_INSTALL_PREFIX})
else()
  file(RELATIVE_PATH ROICAST_PC_UP /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
  string(REGEX REPLACE "/$" "" ROICAST_PC_UP "${ROICAST_PC_UP}")
  set(ROICAST_PC_PREFIX "\${pcfiledir}/${ROICAST_PC_UP}")
endif()
configure_file(${PROJECT_SOURCE_DIR}/src/api/roicast.pc.in ${PROJECT_BINARY_DIR}/roicast.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/roicast.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

# Manual pages and completion: the program writes them, where it can be run
if(TARGET roicast_program AND NOT CMAKE_CROSSCOMPILING)
  set(pages ${PROJECT_BINARY_DIR}/pages)
  add_custom_command(
    OUTPUT ${pages}/roicast.1
    COMMAND ${CMAKE_COMMAND} -DPROGRAM=$<TARGET_FILE:roicast_program> -DCOMMANDS=${S}/cli/command.def
            -DOUT=${pages} -P ${S}/cli/pages.cmake
    DEPENDS roicast_program ${S}/cli/pages.cmake ${S}/cli/command.def
    COMMENT "Manual pages and completion"
    VERBATIM)
  add_custom_target(roicast_pages ALL DEPENDS ${pages}/roicast.1)
  install(DIRECTORY ${pages}/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 FILES_MATCHING PATTERN "*.1")
  install(FILES ${pages}/roicast.bash
          DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME roicast)
  install(FILES ${pages}/_roicast DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
  install(FILES ${pages}/roicast.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
endif()
