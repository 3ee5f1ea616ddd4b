import Commands
import Glibc

exit(Atlas.run(Array(CommandLine.arguments.dropFirst()), on: .standard))
