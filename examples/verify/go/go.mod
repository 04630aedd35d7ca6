module hooks

go 1.19
