# Read by CMake for each engine that Cargo builds (CMAKE_PROJECT_INCLUDE in config.toml).

# Without these an Arm computes the models several times slower, and llama-cpp-sys-2 asks for plain armv8-a. The Jetson Orin
# (Cortex-A78AE) has them, like most since the Cortex-A55 and A75; a Raspberry Pi 4 has not, and takes GGML_NATIVE=ON.
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(aarch64|arm64)$" AND NOT "$ENV{GGML_NATIVE}" STREQUAL "ON")
  set(GGML_CPU_ARM_ARCH "armv8.2-a+dotprod+fp16" CACHE STRING "" FORCE)
endif()
