# libwinnow_engine.so: everything that touches tensors. The sources form one object library, which the module (opened by
# dlopen when the first run starts) and the engine's tests link.
include(WinnowLibTorch)

set(core_dir ${PROJECT_SOURCE_DIR}/core)

if(WINNOW_ENGINE_ONLY)
    # What the module needs of libwinnow_core, without its libraries: log to standard error, JSON by one header folder.
    set(WINNOW_JSON_DIR "" CACHE PATH "Folder that holds nlohmann/json.hpp; empty: the compiler's own search path")
    add_library(winnow_core STATIC
        ${core_dir}/base/json.cpp
        ${core_dir}/base/log_stderr.cpp
        ${core_dir}/base/sha256.cpp
        ${core_dir}/rank/collapse.cpp
        ${core_dir}/rank/health_watch.cpp
        ${core_dir}/run/checkpoint_manifest.cpp
        ${core_dir}/model/config_reader.cpp
        ${core_dir}/model/config_writer.cpp
        ${core_dir}/model/internvl_config.cpp
        ${core_dir}/weights/checkpoint_files.cpp
        ${core_dir}/weights/checkpoint_names.cpp
        ${core_dir}/weights/convert_values.cpp
        ${core_dir}/weights/infer_sizes.cpp
        ${core_dir}/weights/safetensors_file.cpp
        ${core_dir}/weights/safetensors_rules.cpp
        ${core_dir}/weights/safetensors_writer.cpp
        ${core_dir}/weights/strict_json.cpp)
    add_library(Winnow::core ALIAS winnow_core)
    target_include_directories(winnow_core PUBLIC ${PROJECT_SOURCE_DIR} PRIVATE ${WINNOW_JSON_DIR})
    target_link_libraries(winnow_core PRIVATE winnow_flags)
endif()

add_library(winnow_engine_objects OBJECT
    ${core_dir}/weights/tensor_io.cpp
    ${core_dir}/engine/bench_parts.cpp
    ${core_dir}/engine/bench_shapes.cpp
    ${core_dir}/engine/bench_step.cpp
    ${core_dir}/engine/engine_impl.cpp
    ${core_dir}/engine/step_counts.cpp
    ${core_dir}/kernels/cpu_loops.cpp
    ${core_dir}/kernels/flat_sums.cpp
    ${core_dir}/kernels/fused_operators.cpp
    ${core_dir}/model/drop_path.cpp
    ${core_dir}/model/internvl.cpp
    ${core_dir}/model/language_model.cpp
    ${core_dir}/model/model_loader.cpp
    ${core_dir}/model/packed_batch.cpp
    ${core_dir}/model/picture_augmentation.cpp
    ${core_dir}/model/parameters.cpp
    ${core_dir}/model/projector.cpp
    ${core_dir}/model/rms_norm.cpp
    ${core_dir}/model/rope.cpp
    ${core_dir}/model/tapped_operators.cpp
    ${core_dir}/model/vision_tower.cpp
    ${core_dir}/train/adamw.cpp
    ${core_dir}/train/batch_order.cpp
    ${core_dir}/train/batch_passes.cpp
    ${core_dir}/train/derivative_passes.cpp
    ${core_dir}/train/checkpoint.cpp
    ${core_dir}/train/gathered_results.cpp
    ${core_dir}/train/losses.cpp
    ${core_dir}/train/lower_optimizer.cpp
    ${core_dir}/train/lr_schedule.cpp
    ${core_dir}/train/process_group.cpp
    ${core_dir}/train/rank_watch.cpp
    ${core_dir}/train/scoring.cpp
    ${core_dir}/train/sft_trainer.cpp
    ${core_dir}/train/training_loop.cpp
    ${core_dir}/train/worker_pool.cpp
    ${core_dir}/bilevel/bilevel_state.cpp
    ${core_dir}/bilevel/bilevel_trainer.cpp
    ${core_dir}/bilevel/centering.cpp
    ${core_dir}/bilevel/finite_difference.cpp
    ${core_dir}/bilevel/forward_mode.cpp
    ${core_dir}/bilevel/gradient_dot.cpp
    ${core_dir}/bilevel/hypergradient.cpp
    ${core_dir}/bilevel/instance_net.cpp
    ${core_dir}/bilevel/instance_table.cpp
    ${core_dir}/bilevel/instance_weighting.cpp
    ${core_dir}/bilevel/sample_products.cpp
    ${core_dir}/bilevel/streamed_dot.cpp
    ${core_dir}/bilevel/unrolled_window.cpp)
target_include_directories(winnow_engine_objects PUBLIC ${PROJECT_SOURCE_DIR})
target_link_libraries(winnow_engine_objects PUBLIC winnow_libtorch Winnow::core PRIVATE winnow_flags)
# Square roots without errno vectorise; nothing reads errno.
target_compile_options(winnow_engine_objects PRIVATE -fno-math-errno)
# Declarations that c10d's header of Gloo needs and the wheel leaves out, for this one source.
set_source_files_properties(${core_dir}/train/process_group.cpp PROPERTIES
    INCLUDE_DIRECTORIES ${core_dir}/train/gloo_declarations)
target_precompile_headers(winnow_engine_objects PRIVATE ${core_dir}/engine/engine_pch.h)
set_target_properties(winnow_engine_objects PROPERTIES CXX_VISIBILITY_PRESET default)

add_library(winnow_engine MODULE ${core_dir}/engine/engine_module.cpp)
target_link_libraries(winnow_engine PRIVATE winnow_engine_objects winnow_flags)
include(WinnowBuildStamp)
winnow_use_build_stamp(winnow_engine)

if(WINNOW_ENGINE_ONLY)
    add_executable(winnow ${core_dir}/engine/engine_only_main.cpp)
    target_link_libraries(winnow PRIVATE winnow_engine_objects winnow_flags)
endif()

# What tests of the engine link: the objects themselves, not the module.
if(WINNOW_BUILD_TESTS AND NOT WINNOW_ENGINE_ONLY)
    add_library(winnow_engine_test STATIC $<TARGET_OBJECTS:winnow_engine_objects>)
    target_link_libraries(winnow_engine_test PUBLIC winnow_engine_objects nlohmann_json::nlohmann_json)
endif()
