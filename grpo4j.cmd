@echo off
rem grpo4j for Windows: builds itself on first use or when sources changed, then runs.
rem   JAVA_HOME          the JDK to use (17 or newer); otherwise the java on the PATH
rem   GRPO4J_JAVA_OPTS   further options for the JVM
setlocal EnableExtensions DisableDelayedExpansion

set "PROJECT=%~dp0"
if "%PROJECT:~-1%"=="\" set "PROJECT=%PROJECT:~0,-1%"
set "BUILT=%PROJECT%\target\launcher"

set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"
set "VERSION=0"
for /f "tokens=3" %%v in ('""%JAVA%" -version 2^>^&1" ^| findstr /i /c:" version "') do set "VERSION=%%~v"
for /f "delims=.-+ tokens=1" %%m in ("%VERSION%") do set "MAJOR=%%m"
if not defined MAJOR set "MAJOR=0"
if %MAJOR% LSS 17 (
  echo grpo4j: a JDK, 17 or newer, is needed on the PATH or in JAVA_HOME ^(found: %VERSION%^) 1>&2
  exit /b 1
)

rem Stale: a source, the pom or a build setting is newer than the stamp of the last build.
powershell -NoProfile -ExecutionPolicy Bypass -Command ^
  "$stamp = Get-Item -ErrorAction SilentlyContinue '%BUILT%\stamp'; if (-not $stamp) { exit 1 };" ^
  "$newer = Get-ChildItem -Recurse '%PROJECT%\src\main','%PROJECT%\docs\course','%PROJECT%\.mvn','%PROJECT%\pom.xml' | Where-Object { $_.LastWriteTime -gt $stamp.LastWriteTime } | Select-Object -First 1;" ^
  "if ($newer) { exit 1 } else { exit 0 }"
if not errorlevel 1 goto run

if not exist "%BUILT%" mkdir "%BUILT%"
echo Building grpo4j: compiles the sources, then the page's script from the same classes. 1>&2
echo Its libraries are downloaded once, which takes minutes; see %BUILT%\build.log 1>&2
for /f %%t in ('powershell -NoProfile -Command "[DateTimeOffset]::Now.ToUnixTimeSeconds()"') do set "BEGUN=%%t"
type nul > "%BUILT%\stamp.new"
pushd "%PROJECT%"
call mvnw.cmd -q -B -Dquick package > "%BUILT%\build.log" 2>&1
set "RESULT=%ERRORLEVEL%"
popd
if not "%RESULT%"=="0" (
  type "%BUILT%\build.log" 1>&2
  echo grpo4j: the build failed ^(log: %BUILT%\build.log^) 1>&2
  exit /b 1
)
copy /y "%PROJECT%\target\quick\grpo4j.jar" "%BUILT%\grpo4j.jar" > nul
rem The class path is longer than a command line of Windows may be, so it goes into a file.
powershell -NoProfile -ExecutionPolicy Bypass -Command ^
  "$path = '%BUILT%\grpo4j.jar;' + (Get-Content -Raw '%PROJECT%\target\quick\classpath.txt').Trim();" ^
  "[IO.File]::WriteAllText('%BUILT%\java.args', '-cp \"' + $path.Replace('\', '/') + '\"')"
rem An archive of the classes that a run loads: later starts are quicker. All works without it.
if exist "%BUILT%\classes.jsa" del "%BUILT%\classes.jsa"
set "SCRATCH=%BUILT%\archived-run"
"%JAVA%" --add-exports java.base/jdk.internal.module=ALL-UNNAMED -XX:+UseSerialGC "-XX:ArchiveClassesAtExit=%BUILT%\classes.jsa" ^
  "-Dgrpo4j.home=%PROJECT%" "@%BUILT%\java.args" org.grpo4j.cli.Main train --quiet --seed 1 --out "%SCRATCH%" ^
  --set cold_start.steps=3 --set train.updates=2 > nul 2>&1
if exist "%SCRATCH%" rmdir /s /q "%SCRATCH%"
move /y "%BUILT%\stamp.new" "%BUILT%\stamp" > nul
for /f %%t in ('powershell -NoProfile -Command "[DateTimeOffset]::Now.ToUnixTimeSeconds() - %BEGUN%"') do echo built in %%t s 1>&2

:run
if not defined OMP_NUM_THREADS set "OMP_NUM_THREADS=1"
set "NATIVE="
set "LIBRARIES=%BUILT%\java.args"
set "SPARK=%PROJECT%\target\spark-build"
rem Apache Spark comes with a build of its own, -Pspark, and other versions of some libraries.
echo %* | findstr /c:"--spark" > nul && if exist "%SPARK%\grpo4j-spark.jar" (
  powershell -NoProfile -ExecutionPolicy Bypass -Command ^
    "$path = '%BUILT%\grpo4j.jar;%SPARK%\grpo4j-spark.jar;' + (Get-Content -Raw '%SPARK%\classpath.txt').Trim();" ^
    "[IO.File]::WriteAllText('%SPARK%\java.args', '-cp \"' + $path.Replace('\', '/') + '\"')"
  set "LIBRARIES=%SPARK%\java.args"
)
set "ARCHIVE="
if exist "%BUILT%\classes.jsa" set ARCHIVE="-XX:SharedArchiveFile=%BUILT%\classes.jsa" -Xlog:cds*=off
if %MAJOR% GEQ 24 set "NATIVE=--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
"%JAVA%" --add-exports java.base/jdk.internal.module=ALL-UNNAMED -XX:+UseSerialGC -Xms96m -XX:NewSize=40m -Xmx512m ^
  -Dpicocli.disable.closures=true -Dorg.bytedeco.javacpp.maxbytes=512M -Dorg.bytedeco.javacpp.maxphysicalbytes=2G ^
  %ARCHIVE% %GRPO4J_JAVA_OPTS% %NATIVE% "-Dgrpo4j.home=%PROJECT%" ^
  "@%LIBRARIES%" org.grpo4j.cli.Main %*
exit /b %ERRORLEVEL%
