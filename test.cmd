@echo off
rem Not verified: written for Windows, never run there. Needs Python 3.11 or newer with its py launcher.
py -3 "%~dp0tools\bootstrap.py" test %*
