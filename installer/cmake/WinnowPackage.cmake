# Install rules and a Debian package (`cpack -G DEB` in the build folder). Included after all targets.
# LibTorch and NVIDIA's libraries are never packed, nor is the engine that is linked with them, because the package holds
# QCustomPlot's program too (NOTICE). The package is for looking at stores; training needs a build from source.
include(GNUInstallDirs)

set(private_lib_dir ${CMAKE_INSTALL_LIBDIR}/winnow)
set(installed_rpath "$ORIGIN/../${private_lib_dir}")
install(TARGETS winnow_core LIBRARY DESTINATION ${private_lib_dir} COMPONENT programs)
foreach(program winnow winnow-gui)
    if(TARGET ${program})
        set_target_properties(${program} PROPERTIES INSTALL_RPATH "${installed_rpath}")
        install(TARGETS ${program} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT programs)
    endif()
endforeach()
if(TARGET winnow_engine)
    # For `cmake --install` on the machine that has LibTorch: the module keeps the way to it.
    set_target_properties(winnow_engine PROPERTIES
        INSTALL_RPATH "$ORIGIN;${WINNOW_LIBTORCH_LIBRARY_DIRS}")
    install(TARGETS winnow_engine LIBRARY DESTINATION ${private_lib_dir} COMPONENT engine)
endif()
if(TARGET winnow_parquet)
    # Like the engine, for the machine that has Arrow: fetched by installer/setup, never packed.
    get_target_property(arrow_file winnow_arrow_library IMPORTED_LOCATION)
    get_filename_component(arrow_folder ${arrow_file} DIRECTORY)
    set_target_properties(winnow_parquet PROPERTIES INSTALL_RPATH "$ORIGIN;${arrow_folder}")
    install(TARGETS winnow_parquet LIBRARY DESTINATION ${private_lib_dir} COMPONENT engine)
endif()

set(desktop_dir ${PROJECT_SOURCE_DIR}/installer/desktop)
if(TARGET winnow-gui)
    install(FILES ${desktop_dir}/org.winnow.Winnow.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications COMPONENT programs)
    install(FILES ${desktop_dir}/org.winnow.Winnow.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo COMPONENT programs)
    install(FILES ${desktop_dir}/org.winnow.Winnow.svg
            DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps COMPONENT programs)
endif()
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE ${PROJECT_SOURCE_DIR}/NOTICE DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT programs)

set(CPACK_PACKAGE_NAME winnow)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "Winnow maintainers <maintainers@winnow.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Find the training samples that hurt a process reward model")
set(CPACK_GENERATOR DEB)
set(CPACK_COMPONENTS_ALL programs)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_GROUPING ALL_COMPONENTS_IN_ONE)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${CMAKE_LIBRARY_OUTPUT_DIRECTORY})
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "fonts-inter, fonts-noto-core, fonts-noto-mono")
include(CPack)
