import Commands
import Glibc

exit(Registry.run(Array(CommandLine.arguments.dropFirst()), on: .standard))
